"""Klaviyo's list of campaigns, which is known and not wanted."""

from importers.base import Importer
from merchant_cli.basics.phrases import Phrase

campaigns = Importer(
    platform="klaviyo",
    name="campaigns",
    title=Phrase("Klaviyo campaigns", "邮件营销活动（Klaviyo）"),
    menu=Phrase("Klaviyo › Campaigns › Export campaigns", "邮件营销后台 › 活动 › 导出"),
    known_by=frozenset({"Campaign Name", "Subject", "Send Time", "Total Recipients", "Unique Opens", "Unique Clicks"}),
    refused=Phrase(
        "it tells what mailings were opened and clicked, not what they cost; write the campaign into the campaigns"
        " sheet, and its sales come from the orders",
        "它只记录邮件的打开与点击，没有花费；请把活动填入活动表，其销售额由订单得出",
    ),
)
