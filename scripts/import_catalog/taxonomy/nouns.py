"""The head nouns of titles by shelf.

Plain phrases settle the shelf by themselves. Those after ``~`` name a device that other goods are made for
("printer" in "printer cable"): they count only when nothing better is said. Plural forms need no entry.
"""

from __future__ import annotations

COMPUTERS = {
    "laptops": """
        chromebook, netbook, hybrid 2 in 1, ultrabook, mobile workstation, notebook pc, notebook hybrid,
        laptop computer, ~notebook, ~laptop, ~thinkpad, ~probook, ~elitebook, ~macbook, ~zenbook,
        ~vivobook, ~ideapad, ~latitude, ~pavilion dv, ~aspire, ~travelmate, ~compaq nc, ~compaq nx,
        ~compaq nw, ~folio, ~spectre, ~envy
    """,
    "tablets": "tablet pc, tablet computer, android tablet, ~tablet, ~ipad, ~galaxy tab",
    "e-readers": "ebook reader, e book reader, kindle paperwhite, ~kindle",
    "desktop-computers": """
        desktop pc, all in one pc, workstation pc, mini pc, desktop computer, small form factor pc,
        microtower pc, tower pc, pc pc, touchscreen pc, small desktop, ultra slim desktop, personal
        computer, hp compaq pc, business pc, ~pc, ~desktop, ~workstation, ~aio, ~thinkcentre, ~optiplex,
        ~veriton, ~imac, ~elitedesk, ~prodesk, ~wyse
    """,
    "thin-clients": """
        thin client, zero client, thintune linux, ~thintune, blade client, blade pc
    """,
    "servers": """
        ~server, blade server, tower server, rack server, server blade, ~proliant, ~poweredge, storage
        server
    """,
    "barebones": """
        barebone, pc workstation barebone, server barebone, barebone system, server chassis, ~superserver
    """,
    "handheld-computers": "handheld mobile computer, mobile computer, pda, pocket pc, ~ipaq",
    "laptop-docks": """
        docking station, port replicator, notebook dock port replicator, notebook dock, laptop dock,
        expansion base, docking, media dock, dock station, minidock, thunderbolt dock, usb c dock,
        advanced dock
    """,
    "laptop-batteries": """
        notebook battery, laptop battery, notebook spare battery, 6 cell battery, 8 cell battery
    """,
    "laptop-parts": """
        notebook spare part, handheld mobile computer spare part, keyboard film, multibay, notebook
        keyboard
    """,
    "laptop-stands-cooling": """
        notebook stand, laptop stand, notebook cooling pad, cooling pad, laptop riser, notebook cooler,
        laptop cooler, laptop table, laptop arm, laptop tray, q riser, notebook arm support, ~spin station
    """,
    "laptop-bags": """
        notebook case, laptop bag, laptop sleeve, laptop backpack, laptop case, notebook bag, notebook
        sleeve, notebook backpack, laptop briefcase, notebook carrying case, notebook tote, topload case,
        topload, toploading case, toploader, laptop tote, laptop messenger, messenger bag, briefcase,
        laptop carrying case, notebook messenger, top load, trolley case, notebook carry case
    """,
    "tablet-accessories": """
        tablet case, tablet cover, ipad case, tablet security enclosure, tablet stand, tablet mount,
        tablet holder, e book reader case, tablet keyboard, keyboard folio, tablet sleeve, ipad cover,
        kindle cover, tablet pouch, ipad stand
    """,
    "computer-locks": """
        cable lock, security lock, port lock, port blocker, notebook lock, laptop lock, lock kit,
        microsaver, combination lock, security cable, security cable lock, usb port lock, lock slot,
        kensington lock, cable lock accessory, lockdown, clicksafe, locking kit, security kit, security
        base
    """,
    "computer-accessories": """
        peripheral device case, computer case part, cpu stand, cpu holder, computer stand, workcenter, pc
        stand, thin client mount, tower stand, monitor cleaning, desktop accessory, mounting computer
        screw, computer screw, handheld device accessory, wall mount kit for thin client, mounting bracket
        for pc, keyboard shelf, quick release kit, service part, computer tool, fingerprint reader,
        ~biometric, expansion system, expansion enclosure system, ~shuttle pro
    """,
    "processors": """
        processor, cpu, ~xeon, ~pentium, ~celeron, ~opteron, ~athlon, ~core i7, ~core i5, ~core i3
    """,
    "motherboards": """
        motherboard, server workstation motherboard, desktop board, server board, mainboard, system board
    """,
    "memory-modules": """
        memory module, printer memory, memory kit, dimm, so dimm, sodimm, sdram, fb dimm, rdimm, memory
        upgrade, ddr2 memory, ddr3 memory, ddr4 memory, ram module, ddr2 sdram memory, memory board,
        memory expansion, system specific memory, ddr2 dimm, valueram, ~ddr, ~ddr2, ~ddr3, ~ddr4, ~ddr2
        sdram, cache memory module, printer dimm, ~memory
    """,
    "graphics-cards": """
        graphics card, video card, display card, ~geforce, ~radeon, ~quadro, ~nvidia, ~firepro, vga card
    """,
    "hard-drives": """
        internal hard drive, hard disk drive, hard drive, hdd kit, hd kit, hdd, hard disk, sata hdd, hot
        plug hard drive, sas drive, hot swap hdd, disk drive, ~ata, hot plug drive
    """,
    "solid-state-drives": "internal solid state drive, solid state drive, ssd",
    "optical-drives": """
        optical disc drive, dvd drive, dvd rw drive, dvd writer, cd rw drive, dvd rom drive, dvd burner,
        blu ray drive, blu ray writer, cd rom drive, optical drive, combo drive, lightscribe drive,
        supermulti drive, dvd rom, supermulti
    """,
    "drive-enclosures": """
        drive enclosure, hard drive enclosure, storage drive case, hdd enclosure, hdd case, hdd ssd
        enclosure, mobile rack, drive bay, bezel drive, mounting bracket for hdd, drive bracket, drive
        cage, drive dock, hard drive dock, hdd dock, drive docking station, hard drive docking station,
        ssd enclosure, drive carrier, drive tray, external enclosure, drive duplicator, hard drive adapter
        bracket, drive mount, hdd mounting bracket, hard drive caddy, drive bay adapter, ssd mounting
        bracket, drive duplicator dock, removable drive, hard drive drawer, hdd mobile rack, hard drive
        bezel, raid enclosure, sata backplane, hot swap bay, trayless
    """,
    "computer-cases": """
        computer case, midi tower, mini tower, full tower, pc case, midi tower case, ~chassis,
        ~superchassis, ~cse, ~pure base
    """,
    "power-supplies": """
        power supply unit, power supply, psu, redundant power supply, hot plug power supply, atx power,
        power module
    """,
    "computer-cooling": """
        computer cooling component, cooler, heatsink, heat sink, heat sink compound, thermal paste,
        computer liquid cooling, hardware cooling accessory, memory cooler, water cooling, fan kit,
        thermal grease, chipset cooler, case fan, cpu fan, cpu cooler, cooling fan, thermal compound,
        computer case fan, processor cooler
    """,
    "sound-cards": """
        sound card, audio card, sound adapter, audio adapter card, usb sound, usb audio adapter
    """,
    "interface-cards": """
        interface card adapter, interface card, serial card, parallel card, pci card, pci express card,
        firewire card, usb card, expresscard, cardbus adapter, adapter card, riser card, slot expander,
        expansion card, tv tuner card, capture card, combo card, pci adapter, usb pci card, sata card,
        controller card, pcmcia, computer tv tuner, tv tuner, video capture, serial adapter card, i o
        card, riser, riser board, pci express serial card, low profile bracket, i o module
    """,
    "storage-controllers": """
        raid controller, host bus adapter, hba, scsi controller, sas controller, scsi adapter, fibre
        channel adapter, fibre channel hba, disk controller, smart array, raid card, storage controller,
        ~raid, fc hba, lightpulse, peripheral controller
    """,
    "software": """
        software license upgrade, software licence, software, software license, license, licence,
        operating system, antivirus, software upgrade, document management, security software, upgrade
        license, windows server, emulation upgrade, printer emulation upgrade, font card, rich text
        license, user license, volume license, licence pack, report nodes, ~e icard, ~vantage report,
        ~vantage, card for prescribe, ~struxureware
    """,
    "services": """
        warranty support extension, warranty, care pack, carepack, onsite, extended warranty, support
        pack, hardware support, hw support, hw supp, installation service, maintenance service, start up
        service, preventive maintenance visit, preventative maintenance visit, next business day,
        installation training course, it course, service pack, nbd, next day exchange, nextbusday, pickup
        return, pick up return, depot repair, accidental damage, service plan, startup service, assembly
        service, education service, on site, onsite service, extension service, hw maintenance, nextbusday
        onsite, standard exchange, advance exchange, year service, service contract, on site service, next
        day, maintenance agreement, maintenance contract, maintenance visit, scheduling upgrade,
        protection plan, post warranty, virtual warranty, repair service, warranty extension, data
        recovery service, map update service, extended exchange, ~recovery service
    """,
}

STORAGE = {
    "usb-flash-drives": """
        usb flash drive, usb stick, pen drive, pendrive, usb drive, flash drive, usb key, datatraveler,
        jumpdrive
    """,
    "memory-cards": """
        memory card, sdhc card, sd card, sdhc, microsdhc, microsd, microsdxc, sdxc, compactflash, compact
        flash, memory stick, flash card, compact flash card, xd picture card, secure digital card, secure
        digital, flash memory card, cf card, multimediacard, xd card, mini sd
    """,
    "card-readers": """
        card reader, memory card reader, usb reader, smart card reader, multi card reader, media reader,
        flash reader
    """,
    "external-drives": """
        external hard drive, external hdd, portable hard drive, external ssd, portable ssd, external solid
        state drive, portable hard disk, external hard disk, my passport, portable hdd
    """,
    "network-storage": """
        disk array, nas, storage array, network attached storage, diskstation, network storage, storage
        works, modular smart array, msa, san switch, autoloader, nas storage server, ~storageworks
    """,
    "tape-drives": """
        tape drive, tape autoloader, tape library, dat drive, ultrium drive, lto drive, tape array
    """,
    "blank-discs": """
        blank cd, blank dvd, cd r, cd rw disc, dvd r, dvd rw disc, dvd ram, dvd r dl, bd r, bd re, blu ray
        disc, recordable blu ray, rewritable, minidisc, floppy disk, blank blu ray disc, blank disc,
        magneto optical disk, spindle, dvd+rw, cd rw, printable dvd, recordable dvd, magneto optical,
        diskettes, dvd rw spindle, hd dvd r
    """,
    "data-tapes": """
        blank data tape, data cartridge, data tape, lto ultrium, ultrium, tape cartridge, cleaning tape,
        blank video tape, minidv, video cassette, audio cassette, mini dv, dds tape, cleaning cartridge,
        dat tape, dlt, super dlt, sdlt, videotape, audio tape, dvcam, digital tape, dvm60, vhs, vhs c, dat
        72, rdx, microcassette, lto cartridge
    """,
    "media-cases": """
        optical disc case, cd case, dvd case, jewel case, disc case, cd sleeve, cd wallet, disc pocket, cd
        dvd pocket, dvd wallet, media case, cd dvd wallet, dvd movie case, cd pocket, trimpak clear case,
        disc holder, media storage case, media storage, cd storage, data tape case, tape case
    """,
}

PERIPHERALS = {
    "keyboards": """
        ~keyboard, wireless keyboard, usb keyboard, gaming keyboard, mechanical keyboard, keyboard usb,
        keyboard ps, multimedia keyboard, keyboard and mouse, keyboard mouse combo, keyboard rf, keyboard
        mouse set, keyboard bluetooth, smart card keyboard, desktop set, trackball keyboard, keyboard
        qwerty, keyboard qwertz, ~kbd, ~kbrd
    """,
    "mice": """
        mouse, wireless mouse, laser mouse, optical mouse, trackball, trackpoint, touchpad mouse, mouse
        usb, mice
    """,
    "numeric-keypads": "numeric keypad, keypad",
    "keyboard-accessories": """
        keyboard cover, mouse pad, mousepad, wrist rest, mouse mat, keyboard drawer, wrist pad, keyboard
        tray, keyboard protector, palm rest, wrist support, keyboard skin, input device accessory, key
        cap, keyboard wrist rest, keyboard platform, keyboard arm, mouse platform, gel rest, keyboard
        foil, wetex
    """,
    "webcams": "webcam, web camera, web cam, quickcam",
    "graphics-tablets": "graphic tablet, pen tablet, drawing tablet, intuos, wacom",
    "presenters": "wireless presenter, presenter, laser pointer, presentation remote",
    "usb-hubs": """
        interface hub, usb hub, hub, port hub, firewire hub, usb 2 0 hub, usb 3 0 hub, peripheral sharing
        switch, usb switch, usb sharing switch, print switch, data switch, sharing switch, serial hub,
        port usb
    """,
    "kvm-switches": """
        kvm switch, kvm, kvm extender, rack console, console extender, console switch, kvm console, lcd
        console, lcd kvm, kvm over ip, keyboard video mouse switch, switchview, starview, kvm receiver,
        kvm transmitter, serial console, lcd rack, serial switch, rackmount console, rack mount console,
        console drawer, ~avocent
    """,
    "barcode-scanners": "bar code reader, barcode scanner, barcode reader, bar code scanner",
    "scanners": """
        flatbed scanner, sheet fed scanner, document scanner, film scanner, photo scanner, ~scanner,
        ~scanjet, business card scanner, slide scanner, card scanner, adf scanner, pass through scanner,
        handheld scanner, transparency unit, scanner accessory, transparency adapter, flatbed adf scanner,
        scan station
    """,
    "stylus-pens": """
        stylus pen, stylus, digitizer pen, touch pen, s pen, active pen, tablet pen
    """,
    "game-controllers": """
        gamepad, game controller, joystick, gaming controller, flight sim, steering wheel, racing wheel,
        game pad, back button attachment, gaming pad, gaming control, controller for pc, remote control
        wii, hand grip, gaming chair, pedals, thumb grip
    """,
}

DISPLAYS = {
    "monitors": """
        computer monitor, lcd monitor, led monitor, gaming monitor, touch screen monitor, touchscreen
        monitor, flat panel monitor, tft monitor, led display, led backlit monitor, curved monitor,
        ~monitor, lcd widescreen, ~brilliance, computer display, anti glare screen display, lcd display,
        flat screen monitor, ~syncmaster, ~pavilion 2310i
    """,
    "signage-displays": """
        signage display, public display, video wall, digital signage, digital signage flat panel,
        interactive whiteboard, interactive display, interactive flat panel, professional display
    """,
    "tvs": """
        lcd tv, plasma tv, led tv, smart tv, flat tv, flat screen tv, widescreen flat tv, hospitality tv,
        ~tv, full hd tv, ~television, hd tv, android tv, widescreen tv, oled tv, professional lcd tv,
        hotel tv, lcd hd, professional tv, matchline, real flat tv, tv 81, led lcd tv, hdtv monitor, uhd
        tv, 4k tv, digital widescreen
    """,
    "projectors": """
        data projector, video projector, multimedia projector, ~projector, home cinema projector, overhead
        projector, lcd projector, portable projector, dlp projector, home projector
    """,
    "projector-lamps": """
        projector lamp, projection lamp, replacement lamp, projection lens, lamp elplp, projector
        accessory, projector filter, air filter set, air filter, elpaf, projector air filter, lamp module,
        lamp unit, zoom lens elplm, throw lens, elplp, projector replacement lamp, lens elpl, throw zoom
        lens, throw zoom
    """,
    "projection-screens": """
        projection screen, projector screen, proscreen, wall screen, tripod screen, compact electrol,
        descender, electrol, screen surface, homescreen, matte white s, elpro, slimscreen, cinema screen
    """,
    "projector-mounts": """
        projector mount, projector ceiling mount, projector mount accessory, project mount, projector
        bracket, projector wall mount, projector stand, elpmb, mount elpmb, short throw mount, projector
        lift
    """,
    "screen-mounts": """
        flat panel wall mount, flat panel desk mount, flat panel ceiling mount, flat panel floor stand,
        flat panel accessory, flat panel mount accessory, flat panel mount, tv mount, tv wall mount,
        monitor mount, monitor arm, wall mount for lcd, flat screen wall mount, flat screen desk mount,
        flat screen floor stand, flat screen ceiling mount, flat screen mount, lcd arm, vesa mount, desk
        mount, flat panel arm, ceiling mount, vesa flexarm, monitor desk mount, lcd stand, flat panel
        mount arm, vesa adapter, screen mount, wall mount, pole clamp, ceiling cover, lcd wall mount, lcd
        desk, flat screen, screen wall mount, lcd mount, tv bracket, wall bracket, floor stand, tv stand
        mount, vesa, pole mount, display mount, wallmount, monitor wall mount, extension pole, monitor
        bracket, flexarm, gas lift arm, flexmount, monitor pole, floor base, ceiling pole, ceiling plate,
        floorstand, floorbase, tabletop stand, desk clamp
    """,
    "screen-filters": """
        ~4vu, display privacy filter, privacy filter, privacy screen, privacy screen filter, screen
        filter, anti glare filter, anti glare screen, glare screen, blackout privacy, blue light filter
    """,
    "monitor-accessories": """
        monitor stand, monitor riser, monitor shelf, monitor accessory, speaker bar, soundbar monitor,
        flat panel speaker bar, lcd speaker bar, display stand, monitor hood, monitor platform, adjustable
        stand, lcd hood, screen calibrator, colorimeter, colourimeter, calibration kit, monitor base
    """,
}

PHONES = {
    "phones": """
        smartphone, mobile phone, cell phone, keypad mobile, dual sim phone, feature phone, ~galaxy s,
        ~galaxy a, ~galaxy m, ~galaxy note, ~iphone, ~redmi, ~realme, ~oneplus nord, ~narzo, ~mobile,
        ~oneplus, ~moto g, ~moto e, ~oppo, ~vivo, ~poco, ~tecno, ~iqoo, ~xperia, ~nokia, ~galaxy z,
        ~galaxy f, ~pixel, ~galaxy, keypad phone, unlocked smartphone
    """,
    "desk-phones": """
        telephone, cordless phone, dect telephone, dect, ip phone, desktop phone, answering machine,
        landline phone, voip phone, cordless telephone, corded phone, cordless landline, telephone
        handset, conference phone, speakerphone, usb phone, skype phone, dect phone, voip telephone, fixed
        wireless phone, telephone set, walkie talkie, two way radio, internet phone, corded landline,
        wireless phone, landline
    """,
    "phone-cases": """
        mobile phone case, phone case, back cover, flip cover, phone cover, back case cover, back case,
        cover case, bumper case, case cover, flip case, wallet case, iphone case, phone pouch, cell phone
        case, mobile cover, phone sleeve, silicone case, slimshell, phone holster, handheld device case,
        airpod case, hard shell case, shock proof case, silicon case, hard case for phone, clear case,
        cellphone dry bag, waterproof pouch, phone skin, mobile skin, ~hybridshell, ~slimsleeve
    """,
    "screen-protectors": """
        screen protector, tempered glass, screen guard, screen protection, screen film, lens protector,
        camera protector, protective film, tempered screen guard, camera lens protector, camera lens
        guard, display protection, anti glare screen protector, gorilla glass, screen shield, edge to edge
        glass
    """,
    "chargers": """
        mobile device charger, car charger, wall charger, travel charger, wireless charger, usb charger,
        charging pad, fast charger, phone charger, power adapter charger, charging stand, charging
        station, charger adapter, usb car charger, mobile charger, charging dock, charging cradle,
        wireless charging, charging adapter, charge adapter, gan charger, magnetic charger, qi charger
    """,
    "phone-accessories": """
        phone holder, car mount, phone mount, mobile holder, phone stand, mobile stand, selfie stick, pop
        socket, popsocket, car holder, phone grip, mobile phone accessory, sim adapter, tripod mount,
        mobile phone spare part, otg adapter, mobile tripod, finger sleeve, ring holder, phone ring,
        mobile mount, phone lens, game trigger, sim tool, phone lanyard, car phone holder, windshield
        mount, phone tripod, sim tray, mobile accessory, dust plug, dashboard mount
    """,
    "watches": """
        smartwatch, smart watch, fitness band, activity tracker, fitness tracker, smart band, sport watch,
        fitness watch, wristwatch, wrist watch, ~watch, smartwatches, calling smartwatch, gps watch, smart
        bracelet, analog watch, watches
    """,
    "watch-accessories": """
        watch strap, watch band, watch belt, watch charger, smartwatch strap, smart watch strap, watch
        case, replacement band, smartwatch charger, smart watch charger, smartwatch band, strap,
        replacement strap, wrist strap for watch, smart wearable accessory, wristband, watch cover, watch
        protector, band strap
    """,
    "vr-headsets": """
        virtual reality headset, vr headset, vr box, vr glasses, head mounted display, 3d vr
    """,
    "gps-navigation": """
        gps navigation, navigator, gps receiver, gps tracker, sat nav, gps device, navigation system, gps,
        vehicle tracker, gps unit, beanbag mount, dashboard mount disk, navigator mount, travel pack one,
        additional mount kit
    """,
}
