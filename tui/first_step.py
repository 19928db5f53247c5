"""What an empty store says: which files to fetch and how to take them in."""

from __future__ import annotations

from merchant_cli.basics.phrases import Phrase

FIRST_STEP = Phrase(
    """\
Nothing has been taken in yet. Three steps:

1. Download from your shop's back office, 90 days or more:
     Taobao, Tmall   sold items: order report and item report
     Pinduoduo       order query: export orders
     Douyin          order management: export
     Shopify         Orders, Products, Inventory: Export (CSV)
     WooCommerce     Products: Export

2. Press i and give the files or their folder.
   On the command line: merchant import FOLDER

3. Costs and stock are yours alone to know:
     merchant template all -o my-shop.xlsx
   Fill it in and take it in the same way.

To look around first: merchant demo --keep""",
    """\
还没有导入任何数据。三步开始：

1. 从店铺后台下载文件，最好包含近 90 天：
     淘宝、天猫      已卖出的宝贝：订单报表和宝贝报表
     拼多多          订单查询：批量导出
     抖音            订单管理：导出
     Shopify         订单、商品、库存：导出为表格
     WooCommerce     商品：导出

2. 按 i，选择文件或所在文件夹。
   命令行：`merchant import 文件夹`

3. 成本和库存只有您自己知道：
     `merchant template all -o my-shop.xlsx`
   填好后同样导入。

想先看看效果：`merchant demo --keep`""",
)
