"""Every fault that the merchant can mend, in both languages, with its exit code (see problems.py)."""

from __future__ import annotations

from typing import NamedTuple

from merchant_cli.basics.phrases import Phrase


class Fault(NamedTuple):
    """The sentences of one fault; `{name}` stands for a parameter of the Problem."""

    exit_code: int
    what: Phrase
    why: Phrase
    fix: Phrase


P = Phrase

FAULTS: dict[str, Fault] = {
    # --- usage ---
    "unknown-command": Fault(
        2,
        P("There is no command “{name}”.", "没有“{name}”这个命令。"),
        P("The nearest names: {near}.", "最接近的名称：{near}。"),
        P(
            "`merchant --help` lists the commands, `merchant questions` the questions.",
            "用 `merchant --help` 查看命令，用 `merchant questions` 查看问题。",
        ),
    ),
    "bad-usage": Fault(
        2,
        P("The command line cannot be read: {detail}", "命令行无法识别：{detail}"),
        P("An option or an argument is missing, unknown or malformed.", "有选项或参数缺失、未知或写法不对。"),
        P("`{command} --help` shows what it takes.", "用 `{command} --help` 查看用法。"),
    ),
    "later-release": Fault(
        2,
        P("`merchant {name}` is not built yet.", "`merchant {name}` 还没有完成。"),
        P("It comes with release {release}.", "将在 {release} 版提供。"),
        P("What works now: `merchant --help`.", "现在可用的命令：`merchant --help`。"),
    ),
    "bad-setting": Fault(
        2,
        P("“{name}” cannot be set to “{value}”.", "“{name}”不能设为“{value}”。"),
        P("{detail}", "{detail}"),
        P("`merchant config` lists the settings and what each takes.", "用 `merchant config` 查看各项设置及取值。"),
    ),
    "no-such-row": Fault(
        2,
        P("There is no row “{key}” in this answer.", "结果中没有“{key}”这一行。"),
        P("The key is wrong, or the row is gone since the answer changed.", "编号不对，或结果更新后这一行已消失。"),
        P(
            "`merchant {desk} {question}` lists the keys as they are now.",
            "用 `merchant {desk} {question}` 查看现在的编号。",
        ),
    ),
    "bad-sql": Fault(
        2,
        P("The SQL cannot be run: {detail}", "这条查询语句无法执行：{detail}"),
        P("Only one SELECT over the documented views is allowed.", "只允许对公开视图执行一条 `SELECT` 语句。"),
        P("`docs/schema.md` lists the views and their columns.", "视图和列见 `docs/schema.md`。"),
    ),
    "output-refused": Fault(
        2,
        P("“{path}” cannot be written.", "无法写入“{path}”。"),
        P("{detail}", "{detail}"),
        P(
            "Choose another file, or close it in Excel and try again.",
            "请换一个文件名，或先在 Excel 中关闭该文件再试。",
        ),
    ),
    # --- store ---
    "store-unwritable": Fault(
        1,
        P("The store “{path}” cannot be written.", "无法写入数据库“{path}”。"),
        P("{detail}", "{detail}"),
        P(
            "Name a place that you may write to with --store or MERCHANT_STORE.",
            "请用 `--store` 或 `MERCHANT_STORE` 指定一个可写入的位置。",
        ),
    ),
    "store-busy": Fault(
        5,
        P("The store is being written by another command.", "另一个命令正在写入数据库。"),
        P("Process {pid} holds it: {command} ({progress}).", "进程 {pid} 正在占用：{command}（{progress}）。"),
        P("Wait until it is done and try again.", "请等它完成后再试。"),
    ),
    "store-newer": Fault(
        6,
        P("The store was written by a newer version of the program.", "数据库由更新版本的程序写入。"),
        P("It has format {theirs}; this program knows up to {ours}.", "它的格式是 {theirs}，本程序只认识到 {ours}。"),
        P("Update the program.", "请升级程序。"),
    ),
    "store-damaged": Fault(
        7,
        P("The store “{path}” is damaged or is not a store.", "“{path}”已损坏，或不是本程序的数据库。"),
        P("{detail}", "{detail}"),
        P(
            "Restore a copy, or name another store and import the files again.",
            "请恢复备份，或指定另一个数据库重新导入文件。",
        ),
    ),
    "other-buyer-key": Fault(
        1,
        P("The buyer key of this computer does not belong to this store.", "本机的买家密钥与此数据库不匹配。"),
        P(
            "Buyers would get other numbers than before, and repeat buyers would be lost.",
            "买家编号会全部改变，老客将无法识别。",
        ),
        P(
            "Copy the file buyer.key from the computer that made the store to “{path}”.",
            "请把创建该数据库的电脑上的 `buyer.key` 复制到“{path}”。",
        ),
    ),
    "read-only": Fault(
        2,
        P("This command writes, and --read-only was given.", "这个命令需要写入，但指定了 `--read-only`。"),
        P("A read-only run changes nothing.", "只读方式不会改动任何内容。"),
        P("Run it without --read-only.", "请去掉 `--read-only` 再运行。"),
    ),
    # --- undo ---
    "no-such-proposal": Fault(
        2,
        P("There is no proposal {number}.", "没有编号为 {number} 的建议。"),
        P("The newest has the number {newest}.", "最新的建议编号是 {newest}。"),
        P("`merchant proposals` lists them.", "用 `merchant proposals` 查看全部建议。"),
    ),
    "proposal-closed": Fault(
        2,
        P("Proposal {number} can no longer be decided on.", "建议 {number} 已不能再处理。"),
        P("It was refused, sent, or its evidence was withdrawn.", "它已被拒绝、已发送，或依据已撤回。"),
        P(
            "`merchant proposals show {number}` tells; `--propose` makes a new one.",
            "用 `merchant proposals show {number}` 查看；用 `--propose` 可重新提出。",
        ),
    ),
    "mended-unknown": Fault(
        4,
        P(
            "{name} is no workbook of `merchant quarantine export`.",
            "{name} 不是 `merchant quarantine export` 生成的工作簿。",
        ),
        P(
            "Its sheets are named after the numbers of imports; none of these is here.",
            "它的工作表应以导入编号命名，这里一个也没有。",
        ),
        P(
            "Write it anew with `merchant quarantine export FILE.xlsx`, mend the marked cells and save it as .xlsx.",
            "请用 `merchant quarantine export 文件.xlsx` 重新生成，改正标色的单元格，并保存为 Excel 工作簿。",
        ),
    ),
    "needs-yes": Fault(
        2,
        P("This needs your yes: {detail}", "需要您确认：{detail}"),
        P("Nobody can be asked here: it is no terminal.", "这里不是终端，无法询问。"),
        P("Look at `merchant proposals`, then add --yes.", "请先查看 `merchant proposals`，再加上 --yes。"),
    ),
    "own-action-file": Fault(
        4,
        P("This file was written by `merchant send` for uploading.", "这是 `merchant send` 生成的上传文件。"),
        P("Taking it in would pretend that the platform has it already.", "导入它会被误认为平台已经生效。"),
        P(
            "Upload it, then export from the platform and import that; `--dry-run` shows what is in it.",
            "请先上传到平台，再导入平台的导出文件；加 `--dry-run` 可查看其中内容。",
        ),
    ),
    # --- upload templates ---
    "template-format": Fault(
        4,
        P("This template cannot be filled: {detail}.", "这个模板无法填写：{detail}。"),
        P("A workbook `.xlsx` or a text file `.csv` can be filled.", "可以填写 `.xlsx` 工作簿或 `.csv` 文本文件。"),
        P(
            "Open it and save it as `.xlsx` (Excel workbook) without macros and password, then give that.",
            "请打开后另存为不含宏、无密码的 `.xlsx` 工作簿，再重新提供。",
        ),
    ),
    "template-columns": Fault(
        4,
        P("This template cannot be filled: {detail}.", "这个模板无法填写：{detail}。"),
        P("Its headers: {headers}", "它的表头：{headers}"),
        P(
            "Name the headers, like `--set code=HEADER --set price=HEADER`; `--set header_row=3` names their row.",
            "请指定表头，如 `--set code=表头 --set price=表头`；用 `--set header_row=3` 指定表头行。",
        ),
    ),
    "template-tie": Fault(
        4,
        P("The template offers several for one ({what}): {found}.", "模板中有多个对应“{what}”：{found}。"),
        P("A value in the wrong place could change the shop wrongly.", "值填错位置会误改店铺。"),
        P(
            "Decide with `--set {name}=…`, by its name or, for columns, by its letter.",
            "用 `--set {name}=…` 指定名称；列也可以用字母指定。",
        ),
    ),
    "template-changed": Fault(
        4,
        P("The kept template {path} cannot be used.", "已保存的模板 {path} 无法使用。"),
        P("It was changed or removed since it was kept: {detail}", "保存后被修改或删除：{detail}"),
        P(
            "Keep it anew with `merchant send --template FILE --platform NAME`.",
            "请用 `merchant send --template 文件 --platform 平台` 重新保存。",
        ),
    ),
    "no-such-import": Fault(
        2,
        P("There is no import number {number}.", "没有编号为 {number} 的导入。"),
        P("Numbers are given when a file is taken in.", "编号在导入文件时给出。"),
        P("`merchant imports` lists them.", "用 `merchant imports` 查看编号。"),
    ),
    "not-undoable": Fault(
        2,
        P("Import {number} cannot be {verb}.", "导入 {number} 无法{verb}。"),
        P("It is {state} now.", "它现在的状态是“{state}”。"),
        P("`merchant imports` shows the state of each import.", "用 `merchant imports` 查看各次导入的状态。"),
    ),
    "import-sealed": Fault(
        2,
        P("Import {number} is sealed and stays as it is.", "导入 {number} 已封存，不能再改动。"),
        P(
            "Imports from more than 90 days ago and before the last 100 are sealed, so that the store does not grow "
            "for ever.",
            "早于 90 天且不在最近 100 次之内的导入会封存，以免数据库无限增大。",
        ),
        P(
            "Take a newer or corrected file in: what it says holds over what is sealed.",
            "请导入更新的或改正后的文件，其内容优先于已封存的内容。",
        ),
    ),
    "original-missing": Fault(
        4,
        P("The original of import {number} is no longer kept.", "导入 {number} 的原文件已不在。"),
        P("Bringing an import back reads its file again.", "恢复导入需要重新读取原文件。"),
        P(
            "Import the file “{name}” again: it gets its old number back.",
            "请重新导入文件“{name}”，它会恢复原来的编号。",
        ),
    ),
    "nothing-undoable": Fault(
        2,
        P("There is no import to be {verb}.", "没有可以{verb}的导入。"),
        P("None of the imports is in a state that allows it.", "没有处于相应状态的导入。"),
        P("`merchant imports` shows the state of each import.", "用 `merchant imports` 查看各次导入的状态。"),
    ),
    # --- files ---
    "file-missing": Fault(
        4,
        P("The file does not exist.", "文件不存在。"),
        P("Nothing lies under this name.", "这个路径下没有文件。"),
        P("Check the name and the folder.", "请检查文件名和文件夹。"),
    ),
    "file-unreadable": Fault(
        4,
        P("The file cannot be read.", "文件无法读取。"),
        P("{detail}", "{detail}"),
        P("Close it in other programs, or copy it and import the copy.", "请在其他程序中关闭它，或复制一份再导入。"),
    ),
    "file-empty": Fault(
        4,
        P("The file is empty.", "文件是空的。"),
        P("It holds no text at all: the download probably failed.", "文件没有任何内容，可能下载失败。"),
        P("Export it again.", "请重新导出。"),
    ),
    "file-too-large": Fault(
        4,
        P("The file is too large.", "文件过大。"),
        P("{detail}", "{detail}"),
        P(
            "Export a shorter period and import the parts; if you trust the file: `merchant import FILE --trust`.",
            "请缩短导出的时间范围，分几次导入；如果确信文件可靠：`merchant import FILE --trust`。",
        ),
    ),
    "encoding": Fault(
        4,
        P("The text of the file cannot be read.", "文件的文字无法识别。"),
        P(
            "It is neither UTF-8 nor GB18030 nor UTF-16: byte {offset} fits none of them.",
            "它既不是 UTF-8，也不是 GB18030 或 UTF-16：第 {offset} 个字节都不符合。",
        ),
        P("Export it again, and do not re-save it in a text editor.", "请重新导出，不要用文本编辑器另存。"),
    ),
    "unexpected": Fault(
        1,
        P(
            "The program met an unexpected {kind} while it took the file in; nothing of the file was taken in.",
            "导入该文件时程序出现意外的 {kind}，文件内容均未导入。",
        ),
        P("This is a fault of the program. It stops no other file.", "这是程序的缺陷，不影响其他文件。"),
        P(
            "Please report it with “{log}”, which holds none of your data.",
            "请反馈此问题并附上“{log}”，其中不含您的数据。",
        ),
    ),
    "json-file": Fault(
        4,
        P("This is JSON, which is not taken in.", "这是 `JSON` 文件，不会导入。"),
        P("It is made for programs; the importers read tables.", "它是给程序使用的，导入程序只读取表格。"),
        P(
            "Export the same data from the platform as CSV or an Excel workbook.",
            "请从平台把同样的数据导出为 CSV 或 Excel 工作簿。",
        ),
    ),
    "truncated": Fault(
        4,
        P("The file is cut off.", "文件不完整。"),
        P("{detail}", "{detail}"),
        P("Download it again; nothing was taken in.", "请重新下载；没有导入任何内容。"),
    ),
    "workbook-refused": Fault(
        4,
        P("The workbook cannot be read.", "工作簿无法读取。"),
        P("{detail}", "{detail}"),
        P(
            "Open it in Excel, save it as .xlsx or CSV and import that.",
            "请用 Excel 打开，另存为 `.xlsx` 或 CSV 后再导入。",
        ),
    ),
    "unsafe-file": Fault(
        4,
        P("The file is built as no export is, and is not read.", "文件的结构不像任何导出文件，不予读取。"),
        P("{detail}", "{detail}"),
        P(
            "Do not open it; export the file again from the platform itself.",
            "请不要打开它；请直接从平台重新导出。",
        ),
    ),
    "locked": Fault(
        4,
        P("The file is locked with a password.", "文件有密码保护。"),
        P("Nothing in it can be read without the password.", "没有密码就无法读取其中的内容。"),
        P(
            "Write the password into a text file and add `--password-file FILE`, or save the file without one.",
            "请把密码写入一个文本文件，再加上 `--password-file 文件`；或另存为无密码的文件。",
        ),
    ),
    "wrong-password": Fault(
        4,
        P("No password of the password file opens this file.", "密码文件中的密码都打不开这个文件。"),
        P("Capital letters count, and blanks at the end of a line too.", "密码区分大小写，行尾的空格也算在内。"),
        P(
            "Correct the password file: one password a line, as UTF-8 text.",
            "请修改密码文件：`UTF-8` 文本，每行一个密码。",
        ),
    ),
    "bad-password-file": Fault(
        2,
        P("The password file cannot be used.", "密码文件无法使用。"),
        P("{detail}", "{detail}"),
        P(
            "It is a text file (UTF-8) with one password a line, at most 100.",
            "它应是文本文件（`UTF-8`），每行一个密码，最多 100 个。",
        ),
    ),
    "missing-package": Fault(
        4,
        P(
            "A locked file of this kind is opened by the package {package}.",
            "这类加密文件需要 `{package}` 才能打开。",
        ),
        P("It is not installed: most merchants never need it.", "它没有安装：多数商家用不到它。"),
        P(
            'Install it: `pip install "{extra}"`; or save the file without a password.',
            '请安装：`pip install "{extra}"`；或另存为无密码的文件。',
        ),
    ),
    "no-such-sheet": Fault(
        4,
        P("The workbook has no sheet “{name}” with rows.", "工作簿中没有名为“{name}”的非空工作表。"),
        P("Its sheets: {sheets}.", "它的工作表：{sheets}。"),
        P("Name one of these with --sheet.", "请用 `--sheet` 指定其中一个。"),
    ),
    "not-a-table": Fault(
        4,
        P("This is a picture or a page to look at, not a table.", "这是图片或只供查看的页面，不是表格。"),
        P("It begins like a {kind} file, whatever its name says.", "文件内容是 {kind} 格式，与文件名无关。"),
        P(
            "Export the table itself from the platform, as CSV or an Excel workbook.",
            "请从平台导出表格本身（CSV 或 Excel 工作簿）。",
        ),
    ),
    "no-header": Fault(
        4,
        P("No header row was found.", "没有找到表头行。"),
        P("Not one of the first 40 rows looks like column names.", "前 40 行中没有像列名的行。"),
        P(
            "Export it again with column names, or map it: `merchant map`.",
            "请导出带列名的文件，或用 `merchant map` 建立对应。",
        ),
    ),
    "unknown-sheet": Fault(
        4,
        P("No importer knows this file.", "没有导入程序认识这个文件。"),
        P("Its columns are: {columns}. Nearest: {near}.", "它的列是：{columns}。最接近的是：{near}。"),
        P(
            "Map it once: `merchant map FILE`; `merchant importers` lists what is known.",
            "请用 `merchant map FILE` 对应一次；`merchant importers` 列出认识的文件。",
        ),
    ),
    "two-importers": Fault(
        4,
        P("More than one importer knows this file.", "不止一个导入程序认识这个文件。"),
        P("It could be: {candidates}.", "可能是：{candidates}。"),
        P("Choose one: `merchant import FILE --as “{first}”`.", "请选定一个：`merchant import FILE --as “{first}”`。"),
    ),
    "refused-by-name": Fault(
        4,
        P("This is “{title}”, which is not taken in.", "这是“{title}”，不会导入。"),
        P("{reason}", "{reason}"),
        P("Import the file named there instead.", "请导入其中所说的文件。"),
    ),
    "missing-column": Fault(
        4,
        P("The column “{column}” is missing.", "缺少“{column}”这一列。"),
        P("{importer} needs it.", "{importer}需要这一列。"),
        P("Export again and tick this column.", "请勾选这一列重新导出。"),
    ),
    "no-period": Fault(
        4,
        P("The file does not say which days it tells of.", "文件没有说明数据对应哪些日期。"),
        P("Its figures are sums over all of them.", "其中的数字是这些日期的合计。"),
        P(
            "Write the first and the last day into its name, like `report 2026-10-01 2026-10-31.csv`.",
            "请把起止日期写进文件名，如 `report 2026-10-01 2026-10-31.csv`。",
        ),
    ),
    "no-days": Fault(
        4,
        P("The file states no amount for a single day.", "文件中没有按日的金额。"),
        P("Ranges of days cannot be split into days.", "跨多天的合计无法拆分到每一天。"),
        P("Export it again by day.", "请按天重新导出。"),
    ),
    "unknown-importer": Fault(
        2,
        P("There is no importer “{name}”.", "没有名为“{name}”的导入程序。"),
        P("The nearest names: {near}.", "最接近的名称：{near}。"),
        P("`merchant importers` lists them.", "用 `merchant importers` 查看。"),
    ),
    "bad-mapping": Fault(
        2,
        P("The mapping cannot be used.", "这个对应文件无法使用。"),
        P("{detail}", "{detail}"),
        P("Mend the file, or make it anew with `merchant map`.", "请修改该文件，或用 `merchant map` 重新建立。"),
    ),
    "map-unsure": Fault(
        2,
        P("The columns of this sheet are to be confirmed.", "这张表的列需要您确认。"),
        P("Nobody can be asked here. Not certain: {detail}.", "这里无法询问。不确定的：{detail}。"),
        P(
            "Run `merchant map FILE` on a terminal, or say all columns: `{command}`",
            "请在终端运行 `merchant map FILE`，或直接指定各列：`{command}`",
        ),
    ),
    "which-shop": Fault(
        4,
        P("It is not certain which shop this file belongs to.", "无法确定这个文件属于哪个店铺。"),
        P("Shops of this platform: {shops}.", "该平台的店铺有：{shops}。"),
        P("Name it: `merchant import FILE --shop PLATFORM/NAME`.", "请指定：`merchant import FILE --shop 平台/店名`。"),
    ),
    "another-shop": Fault(
        4,
        P("This file seems to come from another shop than {shop}.", "这个文件似乎不是 {shop} 的。"),
        P("{detail}", "{detail}"),
        P(
            "Name the shop: `merchant import FILE --shop PLATFORM/NAME`.",
            "请指定店铺：`merchant import FILE --shop 平台/店名`。",
        ),
    ),
    "nothing-usable": Fault(
        4,
        P("Not one row of the file could be taken in.", "文件中没有一行可以导入。"),
        P(
            "{count} {count:row has a fault|rows have faults}; the first: {detail}",
            "{count} 行有错；第一个错误：{detail}",
        ),
        P("Mend the file or export it again.", "请修改文件或重新导出。"),
    ),
    "strict": Fault(
        4,
        P("The file has faulty rows, and --strict was given.", "文件中有错误的行，且指定了 `--strict`。"),
        P("{count} {count:row|rows}; the first: {detail}", "共 {count} 行；第一个：{detail}"),
        P(
            "Mend them, or import without --strict: they then wait in quarantine.",
            "请改正，或去掉 `--strict`：这些行会先隔离等待处理。",
        ),
    ),
    # --- rows (reasons of quarantine) ---
    "id-ruined": Fault(
        3,
        P("The number “{value}” was ruined by a spreadsheet program.", "编号“{value}”已被表格软件破坏。"),
        P(
            "Excel keeps 15 digits; the rest is lost and cannot be restored.",
            "Excel 只保留 15 位数字，其余已丢失且无法恢复。",
        ),
        P("Export again and import the file without opening it in Excel.", "请重新导出，不要用 Excel 打开，直接导入。"),
    ),
    "cell-error": Fault(
        3,
        P("The cell holds the error “{value}”, no value.", "单元格的内容是错误“{value}”，没有数值。"),
        P(
            "A formula in the workbook failed, often because what it refers to is gone.",
            "工作簿中的公式出错，通常是引用的内容已不存在。",
        ),
        P(
            "Mend the formula or type the value, save, and import the workbook again.",
            "请修正公式或直接填写数值，保存后重新导入。",
        ),
    ),
    "not-calculated": Fault(
        3,
        P("The formula in the cell was never calculated.", "单元格中的公式尚未计算。"),
        P(
            "The program that wrote the workbook left the result out; the cell is not empty.",
            "生成工作簿的程序没有写入结果；它并不是空单元格。",
        ),
        P("Open the workbook in Excel, save it, and import it again.", "请用 Excel 打开工作簿并保存，再重新导入。"),
    ),
    "bad-money": Fault(
        3,
        P("“{value}” is not an amount.", "“{value}”不是金额。"),
        P("An amount looks like 1,234.50.", "金额应写成 1,234.50 这样。"),
        P("Correct the cell.", "请改正这个单元格。"),
    ),
    "bad-number": Fault(
        3,
        P("“{value}” is not a whole number.", "“{value}”不是整数。"),
        P("A quantity looks like 12.", "数量应写成 12 这样。"),
        P("Correct the cell.", "请改正这个单元格。"),
    ),
    "bad-date": Fault(
        3,
        P("“{value}” is not a date.", "“{value}”不是日期。"),
        P(
            "A date looks like 2026-11-14 or 2026-11-14 09:30:00.",
            "日期应写成 2026-11-14 或 2026-11-14 09:30:00 这样。",
        ),
        P("Correct the cell.", "请改正这个单元格。"),
    ),
    "future-date": Fault(
        3,
        P("The date {value} lies after the file was made.", "日期 {value} 晚于文件生成的时间。"),
        P(
            "The file was made on {limit}; a typing error would move the whole calendar.",
            "文件生成于 {limit}；一个笔误会让整个日历错位。",
        ),
        P(
            "Correct the cell, or give the right day with --exported.",
            "请改正这个单元格，或用 `--exported` 给出正确的导出日期。",
        ),
    ),
    "negative-units": Fault(
        3,
        P("The quantity {value} is negative.", "数量 {value} 是负数。"),
        P(
            "A sale has a quantity of 0 or more; returns stand in the refund file.",
            "销售数量应为 0 或以上；退货在退款文件中。",
        ),
        P("Correct the cell.", "请改正这个单元格。"),
    ),
    "negative-amount": Fault(
        3,
        P("The amount {value} is negative.", "金额 {value} 是负数。"),
        P("In this column an amount is 0 or more.", "这一列的金额应为 0 或以上。"),
        P("Correct the cell.", "请改正这个单元格。"),
    ),
    "missing-value": Fault(
        3,
        P("“{column}” is empty.", "“{column}”为空。"),
        P("The row cannot be recognised without it.", "没有它就无法识别这一行。"),
        P("Fill the cell.", "请填写这个单元格。"),
    ),
    "ragged-row": Fault(
        3,
        P(
            "The row has {found} {found:cell|cells} where the header has {expected}.",
            "这一行有 {found} 个单元格，而表头有 {expected} 个。",
        ),
        P("A comma or a quotation mark inside a cell probably split it.", "可能是单元格中的逗号或引号把它拆开了。"),
        P("Correct the row, or export the file again.", "请改正这一行，或重新导出文件。"),
    ),
    "unreadable-row": Fault(
        3,
        P("The row cannot be read: {detail}", "这一行无法读取：{detail}"),
        P(
            "A quotation mark stands where none may stand, or the end of a line is missing.",
            "引号出现在不该出现的位置，或缺少换行。",
        ),
        P("Correct the row, or export the file again.", "请改正这一行，或重新导出文件。"),
    ),
    "bad-bytes": Fault(
        3,
        P(
            "The row holds bytes that are no text: byte {offset} of the file.",
            "这一行含有不是文字的内容：文件第 {offset} 个字节。",
        ),
        P(
            "The file was damaged on its way, or a program mixed two encodings.",
            "文件在传输中受损，或有软件混用了两种编码。",
        ),
        P(
            "Export the file again, or name its encoding with --encoding.",
            "请重新导出文件，或用 `--encoding` 指定编码。",
        ),
    ),
    "order-incomplete": Fault(
        3,
        P("Another row of order {value} has a fault.", "订单 {value} 的另一行有错误。"),
        P("An order is taken in with all its lines or not at all.", "订单要么连同全部明细导入，要么都不导入。"),
        P("Correct the other row; this one comes in with it.", "请改正另一行，这一行会随之导入。"),
    ),
    "duplicate-key": Fault(
        3,
        P("“{value}” stands twice in the file with different values.", "“{value}”在文件中出现两次，且内容不同。"),
        P("It is not certain which of the two is meant.", "无法确定以哪一行为准。"),
        P("Delete one of the two rows.", "请删除其中一行。"),
    ),
    "unknown-word": Fault(
        3,
        P("“{value}” is not one of: {choices}.", "“{value}”不在可选值之中：{choices}。"),
        P("The column takes only these words.", "这一列只能填写这些词。"),
        P("Choose one of them.", "请选择其中之一。"),
    ),
    "unknown-shop": Fault(
        3,
        P(
            "“{value}” names none of the shops, or several: {shops}.",
            "“{value}”不是现有店铺，或同时指多个店铺：{shops}。",
        ),
        P("A row belongs to the one shop that it names.", "每一行只属于它所写的那个店铺。"),
        P(
            "Write one of these, or leave the cell blank; of a new shop import a file with --shop first.",
            "请填写其中之一，或留空；新店铺请先用 `--shop` 导入它的文件。",
        ),
    ),
    "bad-stars": Fault(
        3,
        P("{stars} is not a number of stars.", "{stars} 不是评分。"),
        P(
            "A review has 1 to 5 stars; anything else would spoil every average.",
            "评分为 1 到 5；其他数字会使平均分出错。",
        ),
        P("Correct the cell, or leave it blank.", "请改正这个单元格，或留空。"),
    ),
    "bad-percent": Fault(
        3,
        P("“{percent}” is not a percentage off.", "“{percent}”不是折扣的百分数。"),
        P(
            "12 or 12% means 12 % off, and 100 all of it; a spreadsheet keeps 12 % as 0.12.",
            "12 或 12% 表示优惠 12%，100 表示全免；表格软件会把 12% 存成 0.12。",
        ),
        P("Write a number from 1 to 100.", "请填写 1 到 100 之间的数字。"),
    ),
    "ends-before-start": Fault(
        3,
        P("It ends on {last}, before it starts on {first}.", "结束日期 {last} 早于开始日期 {first}。"),
        P("No day lies between the two.", "两个日期之间没有任何一天。"),
        P("Correct one of the two days.", "请改正其中一个日期。"),
    ),
    "sum-differs": Fault(
        3,
        P("The rows add up to {found}; “{column}” says {stated}.", "各行合计 {found}，而“{column}”为 {stated}。"),
        P(
            "Rows are missing or wait in quarantine. Those that could be read are taken in.",
            "有的行缺失或被隔离；能识别的行已经收录。",
        ),
        P("Export the report again and import it.", "请重新导出报表后再导入。"),
    ),
    "joined-cells": Fault(
        3,
        P(
            "“{column}” holds {found} {found:value|values} for {expected} sub-orders.",
            "“{column}”有 {found} 个值，而子订单有 {expected} 个。",
        ),
        P(
            "It is not certain which value belongs to which sub-order.",
            "无法确定哪个值属于哪个子订单。",
        ),
        P(
            "Export a row for each sub-order, not for each order, and import that.",
            "请按商品维度导出（每个子订单一行）后再导入。",
        ),
    ),
}

# What readers and the system say as `detail`, in words for people.
DETAILS: dict[str, Phrase] = {
    "stray-quote": P("a quotation mark is not closed as it should be.", "引号没有正确闭合。"),
    "long-cell": P("a cell is longer than 1,000,000 characters.", "有单元格超过 1,000,000 个字。"),
    "open-quote": P("A quotation mark is opened and never closed.", "有一个引号没有闭合。"),
    "last-row": P("The last row stops in the middle.", "最后一行写到一半就断了。"),
    "ZIP": P("The ZIP archive ends too early or is corrupt.", "压缩包不完整或已损坏。"),
    "ZIP end": P("The download is incomplete: the end of the archive is missing.", "下载不完整：缺少压缩包的结尾。"),
    "outside": P("It holds a file that would be written outside its folder.", "其中有文件会被写到文件夹之外。"),
    "directory": P("Its list of files is larger than any archive's.", "它的文件清单大得不合常理。"),
    "DTD": P(
        "It declares a document type, by which attacks read other files or fill the memory.",
        "它含有文档类型声明，攻击者常借此读取其他文件或耗尽内存。",
    ),
    "UTF-16": P("Its parts are in UTF-16, which no spreadsheet program writes.", "内部编码不是表格软件所用的编码。"),
    "XLSB": P("It is a binary workbook (.xlsb), whose errors cannot be told.", "二进制工作簿，无法识别其中的错误。"),
    "broken lock": P("It is locked, and the lock is damaged.", "文件已加密，且加密信息已损坏。"),
    "no such text": P(
        "It is damaged: a cell refers to a text that is not there.",
        "文件已损坏：单元格引用了不存在的文本。",
    ),
    "row 0": P("It is damaged: a row or a cell has the number 0.", "文件已损坏：有行号为 0 的单元格。"),
    "no text": P("It is no text in UTF-8.", "它不是 `UTF-8` 文本。"),
    "no password": P("It holds no password.", "其中没有密码。"),
    "many passwords": P("It holds too many passwords.", "其中的密码过多。"),
    "gzip": P("The compressed file ends too early or is corrupt.", "压缩文件不完整或已损坏。"),
    "HTML": P("It is a web page with the name of a workbook.", "它其实是一个网页，只是名字像工作簿。"),
    "NUL": P("It holds NUL characters: it is no text file.", "文件含有空字符，不是文本文件。"),
    "nested archives": P("It is an archive inside an archive inside an archive.", "压缩包层层嵌套，过深。"),
    "password": P("It is locked with a password.", "文件有密码保护。"),
    "memory": P("It needs too much memory.", "所需内存过大。"),
    "reader stopped": P("The reader stopped: the file is too large or corrupt.", "读取中断：文件过大或已损坏。"),
    "Permission denied": P("Permission denied.", "没有权限。"),
    "Is a directory": P("It is a folder.", "它是一个文件夹。"),
    "Not a directory": P("A part of the path is not a folder.", "路径中有一部分不是文件夹。"),
    "File exists": P("A file of this name is in the way.", "已有同名文件。"),
    "No such file or directory": P("The file or its folder does not exist.", "文件或文件夹不存在。"),
    "Read-only file system": P("The disk is read-only.", "磁盘是只读的。"),
    "No space left on device": P("The disk is full.", "磁盘已满。"),
    "File name too long": P("The name is too long.", "文件名过长。"),
    "unable to open database file": P("The file cannot be opened.", "文件无法打开。"),
    "attempt to write a readonly database": P("The file is read-only.", "文件是只读的。"),
    "file is not a database": P("The file is not a database.", "这个文件不是数据库。"),
    "database disk image is malformed": P("The contents are damaged.", "文件内容已损坏。"),
    "user_version = 0": P("It is a database of another program.", "它是其他程序的数据库。"),
}
