"""Shelves by the set of attributes that only one kind of thing has, for titles that name none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signature:
    """Carries the shelf when all of ``needs`` are there, one of ``any_of``, none of ``without``."""

    shelf: str
    needs: frozenset[str]
    any_of: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    value_of: str = ""
    value: re.Pattern[str] = re.compile("")

    def fits(self, attributes: Mapping[str, object]) -> bool:
        """Whether the attributes carry it."""
        keys = attributes.keys()
        return (
            self.needs <= keys
            and (not self.any_of or not self.any_of.isdisjoint(keys))
            and self.without.isdisjoint(keys)
            and (not self.value_of or self.value.search(str(attributes[self.value_of]).lower()) is not None)
        )


def _has(shelf: str, needs: str = "", any_of: str = "", without: str = "", **value: str) -> Signature:
    """Build a signature; a keyword names an attribute and the pattern of its value."""
    value_of, pattern = next(iter(value.items()), ("", ""))
    needed = frozenset(needs.split()) | ({value_of} if value_of else frozenset())
    return Signature(
        shelf, needed, frozenset(any_of.split()), frozenset(without.split()), value_of, re.compile(pattern)
    )


_INK = (
    "ink_type colour_ink_volume black_ink_volume ink_colour "
    "colour_ink_cartridges_quantity black_ink_cartridges_quantity"
)
_TONER = "black_toner_page_yield colour_toner_page_yield number_of_toner_cartridges"

# In order: the first that fits decides.
SIGNATURES = (
    _has("laptops", form_factor="clamshell|convertible|detachable"),
    _has(
        "laptops",
        "display_diagonal processor_family internal_memory",
        "keyboard_layout pointing_device touchpad",
    ),
    _has("phones", "display_diagonal", "sim_card_capability sim_card_type sim_card_slots"),
    _has(
        "phones",
        "display_diagonal battery_capacity rear_camera_resolution__numeric_ processor_family",
        "2g_standards 3g_standards 4g_standards",
    ),
    _has(
        "tablets",
        "display_diagonal touchscreen internal_memory",
        "rear_camera front_camera",
        "keyboard_layout chassis_type",
    ),
    _has("thin-clients", chassis_type="thin client"),
    _has(
        "desktop-computers",
        "processor_family internal_memory",
        "chassis_type total_storage_capacity hdd_capacity",
        "print_technology keyboard_layout",
    ),
    _has("motherboards", "processor_socket number_of_memory_slots"),
    _has(
        "motherboards",
        "processor_socket",
        "motherboard_chipset component_for",
        "processor_model processor_frequency",
    ),
    _has("motherboards", motherboard_form_factor="atx"),
    _has("processors", "processor_socket processor_frequency", "", "internal_memory"),
    _has(
        "graphics-cards",
        "",
        "graphics_adapter_memory_type graphics_processor_family discrete_graphics_adapter_memory",
        "processor_family internal_memory",
    ),
    _has(
        "memory-modules",
        "internal_memory",
        "memory_form_factor cas_latency memory_data_transfer_rate",
        "processor_family print_technology",
    ),
    _has(
        "computer-cooling",
        "",
        "supported_processor_sockets rotational_speed fan_diameter "
        "rotational_speed__max_ thermal_conductivity",
    ),
    _has("solid-state-drives", "ssd_capacity", "", "processor_family"),
    _has(
        "hard-drives",
        "",
        "hdd_speed hdd_capacity",
        "processor_family internal_memory print_technology video_formats_supported display_diagonal",
    ),
    _has(
        "optical-drives",
        "",
        "dvd_r_write_speed cd_write_speed cd_read_speed dvd_read_speed optical_drive_type",
        "processor_family",
    ),
    _has(
        "blank-discs", "native_capacity", "optical_disc_diameter recording_time dvd_write_speed", "tape_size"
    ),
    _has("data-tapes", "", "tape_type tape_length tape_size compressed_capacity"),
    _has("data-tapes", "native_capacity"),
    _has("memory-cards", "", "flash_card_type flash_memory_class"),
    _has("usb-flash-drives", "capacity", "usb_connector", "battery_technology"),
    _has("ink-cartridges", "type", _INK, _TONER, type="original|compatible"),
    _has(
        "toner-cartridges",
        "",
        _TONER,
        _INK + " print_speed__black__normal_quality__a4_us_letter_ maximum_resolution",
    ),
    _has(
        "ink-cartridges",
        "printing_colours",
        "",
        "maximum_resolution media_weight page_yield",
        print_technology="ink",
    ),
    _has(
        "toner-cartridges",
        "printing_colours",
        "",
        "maximum_resolution media_weight",
        print_technology="laser|led",
    ),
    _has("ink-cartridges", "", _INK, "maximum_resolution print_speed__black__normal_quality__a4_us_letter_"),
    _has("printer-drums", "page_yield", "", "maximum_resolution", type="original"),
    _has("toner-cartridges", "printing_colours", "", "maximum_resolution", type="original"),
    _has(
        "printers",
        "",
        "print_speed__black__normal_quality__a4_us_letter_ maximum_print_speed "
        "time_to_first_page__black__normal_ "
        "maximum_duty_cycle maximum_number_of_copies normal_print_speed",
    ),
    _has("scanners", "", "optical_scanning_resolution maximum_scan_size scan_technology sensor_scan_type"),
    _has(
        "camera-lenses",
        "",
        "lens_structure__elements_groups_ closest_focusing_distance lens_mount_interface",
        "megapixel",
    ),
    _has(
        "security-cameras",
        "",
        "minimum_illumination placement_supported night_vision_distance",
        "print_technology",
    ),
    _has(
        "cameras",
        "megapixel",
        "optical_zoom digital_zoom image_sensor_size iso_sensitivity",
        "hd_type_recording",
    ),
    _has("camcorders", "", "camcorder_media_type camcorder_tape_type"),
    _has("projectors", "", "projector_brightness projection_technology projector_native_resolution"),
    _has(
        "projector-lamps",
        "",
        "service_life_of_lamp lamp_type",
        "",
    ),
    _has("projection-screens", "", "viewable_screen_width__w_ viewable_screen_height__h_"),
    _has(
        "tvs",
        "display_diagonal",
        "tuner_type analog_signal_format_system teletext_function "
        "digital_signal_format_system tv_tuner_integrated",
    ),
    _has(
        "monitors",
        "display_diagonal",
        "response_time contrast_ratio__typical_ viewing_angle__horizontal pixel_pitch panel_type",
        "processor_family",
    ),
    _has(
        "disc-players", "", "disc_types_supported disk_formats_supported video_upscaling", "rms_rated_power"
    ),
    _has(
        "hi-fi-systems",
        "rms_rated_power",
        "",
        "display_diagonal",
    ),
    _has("headphones", "", "headphone_frequency ear_coupling"),
    _has("speakers", "", "speaker_type number_of_drivers woofer_diameter"),
    _has("desk-phones", "", "handset_weight phonebook_capacity caller_id"),
    _has(
        "access-points",
        "2_4_ghz",
        "frequency_band security_algorithms mac_address_filtering",
        "processor_family display_diagonal",
    ),
    _has(
        "network-switches", "", "basic_switching_rj_45_ethernet_ports_quantity switch_type mac_address_table"
    ),
    _has(
        "network-transceivers",
        "",
        "sfp_transceiver_type fiber_ethernet_cabling_technology interface_type_sfp",
    ),
    _has("network-antennas", "", "antenna_gain_level__max_ antenna_type"),
    _has("network-extenders", "", "power_over_ethernet__poe__voltage"),
    _has(
        "network-cards",
        "maximum_data_transfer_rate",
        "wake_on_lan_ready full_duplex",
    ),
    _has("network-cables", "cable_standard"),
    _has("fibre-optic-cables", "", "fiber_mode_structure cladding_diameter core_diameter"),
    _has(
        "power-distribution",
        "ac_outlets_quantity",
        "",
        "surge_energy_rating output_power_capacity",
        rack_mounting="true",
    ),
    _has("ups", "", "output_power_capacity ups_topology"),
    _has("surge-protectors", "", "surge_energy_rating"),
    _has(
        "ups-batteries", "", "battery_life__max_", "processor_family", battery_technology="sealed lead|vrla"
    ),
    _has("ups-batteries", battery_technology="sealed lead|vrla"),
    _has(
        "camera-batteries",
        "battery_capacity battery_technology",
        "compatible_products",
        "battery_form_factor battery_type",
        battery_technology="lithium",
    ),
    _has(
        "batteries",
        "battery_technology",
        "battery_type battery_form_factor battery_voltage purpose battery_capacity",
        "processor_family display_diagonal",
    ),
    _has("power-cables", "connector_1", "", "", connector_1="iec|c1[3-9]|nema|power plug|l6-|cee"),
    _has("audio-cables", "cable_length", "", "", connector_s_="rca|3.5|audio"),
    _has("video-cables", "", "", "", connector_1="vga|dvi|hdmi|displayport|d-sub|bnc"),
    _has("audio-cables", "", "", "", connector_1="rca|3\\.5 ?mm|jack|xlr|toslink"),
    _has("usb-cables", "cable_length", "", "", connector_1="usb"),
    _has("network-cables", "cable_length", "", "", connector_1="rj-?45"),
    _has("network-cables", "cable_length cable_type"),
    _has("mice", "", "movement_detection_technology movement_resolution"),
    _has("keyboards", "", "keyboard_layout keyboard_language keyboard_form_factor"),
    _has("laptop-bags", "maximum_screen_size_compatibility", "case_type material"),
    _has(
        "label-tapes",
        "",
        "tape_width",
        "label_width media_weight",
    ),
    _has("labels", "", "label_type label_size labels_per_pack labels_per_sheet label_width"),
    _has(
        "printing-paper",
        "",
        "media_weight paper_size iso_a_series_sizes__a0___a9_ sheets_per_pack",
        "print_technology",
    ),
    _has("board-games", genre="puzzle", type="puzzle"),
    _has(
        "board-games", "", "minimum_number_of_players number_of_puzzle_pieces", "", type="puzzle|game|jigsaw"
    ),
    _has(
        "personal-care",
        "",
        "hair_drying hair_straightening toothbrush_frequency__oscillations_ number_of_brush_heads_included "
        "shaver_system epilator_head hair_curling rotating_head wet___dry",
    ),
    _has("coffee-machines", "", "coffee_input_type coffee_making espresso_making"),
    _has("lighting", "", "bulb_power fitting_cap_type bulb_lifetime luminous_flux"),
    _has("software", "", "license_quantity software_type license_type license_term__in_years_"),
    _has("services", "", "service_hours__hours_x_days_ on_site_service warranty_period number_of_years"),
    _has("toys", "", "recommended_age__min_ recommended_age_group target_audience"),
    _has("kitchen-appliances", "", "crushing_capacity bowl_capacity number_of_slices"),
    _has(
        "racks",
        "",
        "rack_capacity_units",
    ),
)


def shelf_of_attributes(attributes: Mapping[str, object]) -> str | None:
    """Return the shelf whose signature the attributes carry; their keys come without prefix."""
    if not attributes:
        return None
    return next((signature.shelf for signature in SIGNATURES if signature.fits(attributes)), None)
