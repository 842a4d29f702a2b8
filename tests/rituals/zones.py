"""Forty time zones, those with odd hours among them."""

ZONES = [
    "Pacific/Kiritimati", "Pacific/Auckland", "Australia/Sydney", "Australia/Adelaide", "Asia/Tokyo", "Asia/Shanghai",
    "Asia/Bangkok", "Asia/Yangon", "Asia/Dhaka", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Karachi", "Asia/Kabul",
    "Asia/Dubai", "Asia/Tehran", "Europe/Moscow", "Europe/Helsinki", "Europe/Amsterdam", "Europe/London", "UTC",
    "Atlantic/Azores", "America/Noronha", "America/Sao_Paulo", "America/St_Johns", "America/Halifax",
    "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Marquesas", "Pacific/Honolulu", "Pacific/Pago_Pago", "Pacific/Chatham",
    "Australia/Lord_Howe", "Africa/Cairo", "Africa/Lagos", "Asia/Jerusalem", "America/Havana",
]  # fmt: skip
