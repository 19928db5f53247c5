from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Desk

files = Desk("files", Phrase("Files", "文件"))
