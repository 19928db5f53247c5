"""Shopee's words, English and Indonesian. Provisional but for To ship, Perlu Dikirim, Dikirim, Selesai, Dibatalkan."""

STATUS = {
    "Unpaid": "unpaid",
    "Belum Bayar": "unpaid",
    "To ship": "paid",
    "Perlu Dikirim": "paid",
    "Ready to ship": "paid",
    "Siap Dikirim": "paid",
    "Shipping": "shipped",
    "Shipped": "shipped",
    "To receive": "shipped",
    "Dikirim": "shipped",
    "Sedang Dikirim": "shipped",
    "Telah Dikirim": "shipped",
    "Delivered": "delivered",
    "Completed": "completed",
    "Selesai": "completed",
    "Cancelled": "cancelled",
    "Batal": "cancelled",
    "Dibatalkan": "cancelled",
}
# `Order Received, but buyer can still raise a Return/Refund request until 2026-09-14.`
STATUS_PATTERNS = {"(?i)^order received": "delivered", "(?i)^pesanan diterima": "delivered"}

# "" stands for: no money goes back.
RETURN = {
    "Request Cancelled": "withdrawn",
    "Permintaan Dibatalkan": "withdrawn",
    "Request Rejected": "refused",
    "Permintaan Ditolak": "refused",
    "To Process": "asked",
    "Requested": "asked",
    "Diajukan": "asked",
    "Processing": "asked",
    "Diproses": "asked",
    "Request Approved": "agreed",
    "Permintaan Disetujui": "agreed",
    "Refund Paid": "done",
    "Completed": "done",
    "Request Completed": "done",
    "Dana Dikembalikan": "done",
    "Selesai": "done",
    **dict.fromkeys(("-", "No", "Tidak"), ""),
}
CASH_ON_DELIVERY = r"(?i)\bCOD\b|cash on delivery|bayar di tempat"
