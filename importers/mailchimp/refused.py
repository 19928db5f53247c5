"""Mailchimp's list of campaigns, which is known and not wanted."""

from importers.base import Importer
from merchant_cli.basics.phrases import Phrase

campaigns = Importer(
    platform="mailchimp",
    name="campaigns",
    title=Phrase("Mailchimp campaigns", "邮件营销活动（Mailchimp）"),
    menu=Phrase("Mailchimp › Campaigns › Export (campaign benchmarking)", "邮件营销后台 › 活动 › 导出"),
    tried_on="jamestthompson3/mailchimp_data: mailchimp_campaigns.csv",
    known_by=frozenset(
        {"Title", "Subject", "Send Date|Send_Date", "Total Recipients|Total_Recipients", "Unique Opens|Unique_Opens",
         "Unique Clicks|Unique_Clicks"}
    ),
    refused=Phrase(
        "it tells what mailings were opened and clicked, not what they cost; write the campaign into the campaigns"
        " sheet, and its sales come from the orders",
        "它只记录邮件的打开与点击，没有花费；请把活动填入活动表，其销售额由订单得出",
    ),
)  # fmt: skip
