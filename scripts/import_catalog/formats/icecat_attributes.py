"""Makes readable attributes of Icecat's: a choice of keys, our names, labels, and the units it leaves out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from scripts.import_catalog.cleaning import number, plain_text

MAX_ATTRIBUTES = 24
# Facts about the inside of a processor: kept, but only where there is room.
_LATE = re.compile(
    r"processor_(front_side|lithography|codename|operating|series|cache_type|manufacturer|socket|threads|system)"
    r"|cpu_multiplier|bus_|_bus|rohs|refurbished|minimum_system|weight_capacity|conductor|plating|wire_size|pixel_|srgb|ntsc|gamut"
)
_SUFFIX = re.compile(r"(_quantity|__[a-z](_[a-z])*_?|__numeric_|__typical_)$")
MAX_VALUE_CHARACTERS = 160
# Packing, codes and housekeeping of the trade.
_NOISE = re.compile(
    r"package|pallet|master|outer|carton|shipping|harmonized|country_of_origin|gtin|ean|oem_code|hp_segment"
    r"|last_change|ark_id|launch_date|born_on|status|conflict_free|embedded_options|die_|_die|stepping|tcase|tjunction"
    r"|imperial|_uk_|minimum_order|humidity|storage_temperature|non_operating|altitude|quick_start|manual$|bubble|sustainab"
    r"|layers_per|certification|idle_states|execute_disable|halt_state|demand_based|vid_voltage|intel_|intel$"
    r"|physical_address|fsb_parity|cpu_configuration|processor_code$|processor_package|product_name$|eu_tsd|market_"
)
# Our names of what the demo shop names too, so that facets of both are one.
_RENAMED = {
    "product_colour": "colour",
    "internal_memory": "memory",
    "total_storage_capacity": "storage",
    "hdd_capacity": "hard_drive",
    "display_resolution": "resolution",
    "display_diagonal": "screen",
    "processor_model": "processor_model",
    "processor_family": "processor",
    "battery_capacity": "battery",
    "product_type": "kind",
    "media_weight": "paper_weight",
    "printing_colours": "print_colours",
    "ethernet_lan__rj_45__ports": "network_ports",
    "operating_system_installed": "system",
    "black_toner_page_yield": "pages_black",
    "colour_toner_page_yield": "pages_colour",
    "cable_length": "cable_length",
    "device_interface": "connection",
    "connectivity_technology": "connection",
    "rear_camera_resolution__numeric_": "camera",
}
# In the order in which a page should show them; the rest follows as the file has it.
_FIRST = (
    "kind",
    "type",
    "processor",
    "processor_model",
    "memory",
    "storage",
    "screen",
    "resolution",
    "system",
    "cable_length",
    "connector_1",
    "connector_2",
    "connection",
    "print_technology",
    "print_colours",
    "compatibility",
    "brand_compatibility",
    "colour",
)
_UNITS: tuple[tuple[str, str], ...] = (
    (r"display_diagonal|screen_size|_diagonal", "in"),
    (
        r"^(width|height|depth|length|diameter|thickness)(__.*)?$|_diameter$|label_(width|height)|tape_width|filter_size|paper_width",
        "mm",
    ),
    (
        r"cable_length|tape_length|roll_length|power_cord_length|operating_distance|transfer_distance|audio_transmission_range",
        "m",
    ),
    (r"^weight|_weight$|weight__without", "g"),
    (r"processor_(boost_)?frequency", "GHz"),
    (r"memory_clock|front_side_bus|^bandwidth|bus_speed|clock_speed", "MHz"),
    (r"processor_cache|l[123]_cache|buffer_size|cache_memory|drive_buffer", "MB"),
    (
        r"internal_memory$|storage_capacity|hdd_capacity|ssd_capacity|ssds_capacity|^capacity$|native_capacity|flash_memory|maximum_internal_memory.*|adapter_memory$",
        "GB",
    ),
    (r"data_transfer_rate|interface_transfer_rate", "Mbit/s"),
    (r"(write|read)_speed", "MB/s"),
    (r"lithography", "nm"),
    (r"output_power_capacity", "VA"),
    (
        r"power_consumption|design_power|rms_rated|output_power$|adapter_power|^power$|bulb_power|total_power|oven_power|power_supply$",
        "W",
    ),
    (r"battery_capacity__watt", "Wh"),
    (r"battery_capacity$", "mAh"),
    (r"voltage", "V"),
    (r"_current|^current", "A"),
    (r"surge_energy", "J"),
    (r"battery_life|recharge_time|service_life|bulb_lifetime|operating_time", "h"),
    (r"response_time$", "ms"),
    (r"viewing_angle", "°"),
    (r"megapixel|camera_resolution", "MP"),
    (r"brightness", "cd/m²"),
    (r"page_yield", "pages"),
    (r"print_speed", "ppm"),
    (r"duty_cycle", "pages a month"),
    (r"media_weight", "g/m²"),
    (r"noise_level|sensitivity|signal_to_noise", "dB"),
    (r"rotational_speed|hdd_speed", "rpm"),
    (r"refresh_rate|^frequency$", "Hz"),
    (r"ink_volume|cartridge_volume", "ml"),
    (r"water_tank|bowl_capacity|interior_capacity|net_capacity|dust_capacity", "l"),
    (r"mean_time_between", "h"),
    (r"weight_capacity", "kg"),
    (r"age__m", "years"),
    (r"tilt_angle", "°"),
)
_TEXT_UNITS = {"operating_temperature__t_t_": "°C", "hdd_speed": "rpm", "hdd_size": "in"}
_CAPITALS = {
    "usb": "USB",
    "hdmi": "HDMI",
    "vga": "VGA",
    "dvi": "DVI",
    "lan": "LAN",
    "hdd": "HDD",
    "ssd": "SSD",
    "ac": "AC",
    "dc": "DC",
    "cpu": "CPU",
    "led": "LED",
    "lcd": "LCD",
    "rms": "RMS",
    "ups": "UPS",
    "awg": "AWG",
    "pci": "PCI",
    "ecc": "ECC",
    "io": "I/O",
    "wifi": "Wi-Fi",
    "gps": "GPS",
    "nfc": "NFC",
    "sim": "SIM",
    "iso": "ISO",
    "rohs": "RoHS",
    "ram": "RAM",
    "poe": "PoE",
    "raid": "RAID",
    "sata": "SATA",
    "rj": "RJ",
    "dvd": "DVD",
    "cd": "CD",
    "tv": "TV",
    "3d": "3D",
    "hd": "HD",
    "mac": "Mac",
    "windows": "Windows",
    "bluetooth": "Bluetooth",
    "linux": "Linux",
    "id": "ID",
    "kvm": "KVM",
    "ip": "IP",
    "emi": "EMI",
    "rfi": "RFI",
    "smp": "SMP",
    "dpi": "DPI",
    "sfp": "SFP",
    "rgb": "RGB",
    "srgb": "sRGB",
    "tdp": "TDP",
    "ntsc": "NTSC",
    "ps": "PS",
    "wxdxh": "",
    "vesa": "VESA",
    "dvb": "DVB",
    "ean": "EAN",
    "ink": "ink",
    "vpn": "VPN",
    "qos": "QoS",
    "hdds": "HDDs",
    "ssds": "SSDs",
}


@lru_cache(maxsize=16_384)
def _shape(raw: str) -> tuple[str, str, str, str] | None:
    """Return kind, key, label and unit of a raw key, or nothing when it is not for shoppers."""
    kind, bare = raw[5:6], raw[7:]
    if not raw.startswith("attr_") or not bare or _NOISE.search(bare):
        return None
    unit = (
        next((unit for pattern, unit in _UNITS if re.search(pattern, bare)), "")
        if kind == "n"
        else _TEXT_UNITS.get(bare, "")
    )
    key = _RENAMED.get(bare) or re.sub("_+", "_", _SUFFIX.sub("", bare)).strip("_")
    return kind, key, _label(key), unit


def _label(key: str) -> str:
    """Write a key for people: ``usb_2_0_ports`` becomes "USB 2.0 ports"."""
    spoken = f" {key.replace('_', ' ')} ".replace(" wi fi ", " wifi ").replace(" i o ", " io ")
    spoken = re.sub(r"(?<= \d) (?=\d )", ".", spoken)
    label = " ".join(_CAPITALS.get(word, word) for word in spoken.split()).strip()
    return label[:1].upper() + label[1:]


def bare_keys(raw: Mapping[str, object]) -> dict[str, object]:
    """Return the attributes under their names without prefix, as the classifier wants them."""
    return {key[7:]: value for key, value in raw.items()}


def readable(raw: Mapping[str, object]) -> tuple[dict[str, str], dict[str, str]]:
    """Return attributes and labels for the shop: ``{"memory": "4 GB"}, {"memory": "Memory"}``."""
    found: dict[str, str] = {}
    labels: dict[str, str] = {}
    for raw_key, value in raw.items():
        shape = _shape(raw_key)
        if shape is None or shape[1] in found:
            continue
        kind, key, label, unit = shape
        text = _value(kind, value, unit)
        if text:
            found[key], labels[key] = text, label
    first = [key for key in _FIRST if key in found]
    rest = sorted((key for key in found if key not in _FIRST), key=_is_late)
    order = (first + rest)[:MAX_ATTRIBUTES]
    return {key: found[key] for key in order}, {key: labels[key] for key in order}


@lru_cache(maxsize=16_384)
def _is_late(key: str) -> bool:
    return _LATE.search(key) is not None


def _value(kind: str, value: object, unit: str) -> str:
    if isinstance(value, bool):
        # What a thing does not have is not worth a line.
        return "yes" if value else ""
    if isinstance(value, int | float):
        return _measure(float(value), unit)
    text = plain_text(str(value), MAX_VALUE_CHARACTERS)
    if kind != "t":
        return ""
    return f"{text} {unit}" if unit else text


@lru_cache(maxsize=16_384)
def _measure(value: float, unit: str) -> str:
    """Write a number with its unit, in the size that people say: 1 TB, 2.1 kg, 512 MB, 50 cm."""
    if unit == "GB" and value >= 1000 and value % 1000 == 0:
        value, unit = value / 1000, "TB"
    elif unit == "GB" and 0 < value < 1:
        value, unit = round(value * 1000 / 32) * 32 if value >= 0.032 else round(value * 1000, 3), "MB"
    elif unit == "g" and value >= 1000:
        value, unit = value / 1000, "kg"
    elif unit == "MHz" and value >= 10_000:
        value, unit = value / 1000, "GHz"
    written = f"{value:,.0f}" if value >= 10_000 and value == int(value) and unit else number(value)
    return f"{written} {unit}".strip()
