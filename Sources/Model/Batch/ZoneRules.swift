import Value

/// A time zone: how far it is ahead of UTC, and when summer time begins and ends.
///
/// The table holds the zones that people schedule in, with the rules in force in 2025 for all years:
/// a scenario's clock starts there. Source: the IANA time zone database.
package struct ZoneRules: Hashable, Sendable {
    /// A change of the clock that comes each year.
    private struct Change: Hashable, Sendable {
        let month: Int
        /// 0 is Sunday.
        let weekday: Int
        /// The weekday falls on this day of the month or the next ones; 0: it is the month's last.
        let fromDay: Int
        /// Seconds after midnight UTC, or in standard time where `isLocal`.
        let seconds: Int
        let isLocal: Bool

        /// The instant of the change in a year.
        func instant(_ year: Int, standard: Int) -> Timestamp {
            let length = CalendarTime.days(in: month, of: year)
            let first = fromDay == 0 ? length - 6 : fromDay
            let weekdayOfFirst = CalendarTime(year: year, month: month, day: first).weekday
            let day = first + (weekday - weekdayOfFirst + 7) % 7
            let midnight = CalendarTime(year: year, month: month, day: day)
            return Timestamp(midnight, offset: isLocal ? standard : 0) + .seconds(Int64(seconds))
        }
    }

    /// When summer time begins and ends.
    private struct Summer: Hashable, Sendable {
        let begin: Change
        let end: Change

        /// Second Sunday of March to first Sunday of November, at two o'clock wall time.
        static let northAmerica = Summer(
            begin: Change(month: 3, weekday: 0, fromDay: 8, seconds: 7_200, isLocal: true),
            end: Change(month: 11, weekday: 0, fromDay: 1, seconds: 3_600, isLocal: true))
        /// Last Sunday of March to last Sunday of October, at one o'clock UTC.
        static let europe = Summer(
            begin: Change(month: 3, weekday: 0, fromDay: 0, seconds: 3_600, isLocal: false),
            end: Change(month: 10, weekday: 0, fromDay: 0, seconds: 3_600, isLocal: false))
        /// First Sunday of October to first Sunday of April, at two o'clock standard time.
        static let australia = Summer(
            begin: Change(month: 10, weekday: 0, fromDay: 1, seconds: 7_200, isLocal: true),
            end: Change(month: 4, weekday: 0, fromDay: 1, seconds: 7_200, isLocal: true))
        /// Last Sunday of September to first Sunday of April, at two o'clock standard time.
        static let newZealand = Summer(
            begin: Change(month: 9, weekday: 0, fromDay: 0, seconds: 7_200, isLocal: true),
            end: Change(month: 4, weekday: 0, fromDay: 1, seconds: 7_200, isLocal: true))
        /// The Sunday from September 2 to that from April 2.
        static let chile = Summer(
            begin: Change(month: 9, weekday: 0, fromDay: 2, seconds: 14_400, isLocal: false),
            end: Change(month: 4, weekday: 0, fromDay: 2, seconds: 10_800, isLocal: false))
    }

    /// Seconds ahead of UTC outside summer time.
    private let standard: Int
    private let summer: Summer?

    private init(_ standard: Int, _ summer: Summer? = nil) {
        self.standard = standard
        self.summer = summer
    }

    package static let utc = ZoneRules(0)

    /// The zone of that name ("Europe/Berlin"); nil for one that is not known.
    package init?(name: String) {
        guard let found = Self.table[name] else { return nil }
        self = found
    }

    /// How many seconds local time is ahead of UTC at `instant`.
    package func offset(at instant: Timestamp) -> Int {
        guard let last = changes(around: instant).last(where: { $0.instant <= instant }) else {
            return standard
        }
        return last.offset
    }

    /// The next instant after `instant` at which the offset changes; nil without summer time.
    package func nextChange(after instant: Timestamp) -> Timestamp? {
        changes(around: instant).first { $0.instant > instant }?.instant
    }

    /// The changes of the year before, this and the next year, in order.
    private func changes(around instant: Timestamp) -> [(instant: Timestamp, offset: Int)] {
        guard let summer else { return [] }
        let year = instant.calendar.year
        return (year - 1...year + 1).flatMap { year in
            [
                (summer.begin.instant(year, standard: standard), standard + 3_600),
                (summer.end.instant(year, standard: standard), standard),
            ]
        }.sorted { $0.0 < $1.0 }.map { (instant: $0.0, offset: $0.1) }
    }

    // MARK: Table

    /// Minutes ahead of UTC, summer time, names.
    private static let rows: [(minutes: Int, summer: Summer?, names: String)] = [
        (
            0, nil,
            "UTC Etc/UTC Etc/GMT GMT Africa/Abidjan Africa/Accra Africa/Dakar Atlantic/Reykjavik"
        ),
        (0, .europe, "Europe/London Europe/Dublin Europe/Lisbon Atlantic/Canary"),
        (60, nil, "Africa/Lagos Africa/Algiers Africa/Casablanca Africa/Kinshasa Africa/Tunis"),
        (
            60, .europe,
            "Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome Europe/Amsterdam Europe/Brussels "
                + "Europe/Vienna Europe/Zurich Europe/Prague Europe/Warsaw Europe/Budapest "
                + "Europe/Copenhagen Europe/Oslo Europe/Stockholm Europe/Belgrade Europe/Zagreb "
                + "Europe/Ljubljana Europe/Luxembourg Europe/Monaco Europe/Malta Europe/Andorra "
                + "Europe/Bratislava Europe/Sarajevo Europe/Skopje Europe/Tirane CET"
        ),
        (
            120, nil,
            "Africa/Johannesburg Africa/Harare Africa/Maputo Africa/Tripoli Africa/Khartoum "
                + "Europe/Kaliningrad"
        ),
        (
            120, .europe,
            "Europe/Athens Europe/Helsinki Europe/Kyiv Europe/Kiev Europe/Bucharest Europe/Sofia "
                + "Europe/Riga Europe/Tallinn Europe/Vilnius Asia/Nicosia EET"
        ),
        (
            180, nil,
            "Europe/Moscow Europe/Istanbul Europe/Minsk Asia/Riyadh Asia/Baghdad Asia/Kuwait "
                + "Asia/Qatar Asia/Amman Asia/Damascus Africa/Nairobi Africa/Addis_Ababa"
        ),
        (210, nil, "Asia/Tehran"),
        (240, nil, "Asia/Dubai Asia/Baku Asia/Tbilisi Asia/Yerevan Europe/Samara Indian/Mauritius"),
        (270, nil, "Asia/Kabul"),
        (300, nil, "Asia/Karachi Asia/Tashkent Asia/Yekaterinburg Asia/Almaty Indian/Maldives"),
        (330, nil, "Asia/Kolkata Asia/Calcutta Asia/Colombo"),
        (345, nil, "Asia/Kathmandu"),
        (360, nil, "Asia/Dhaka Asia/Omsk Asia/Bishkek"),
        (390, nil, "Asia/Yangon"),
        (
            420, nil,
            "Asia/Bangkok Asia/Jakarta Asia/Ho_Chi_Minh Asia/Saigon Asia/Novosibirsk "
                + "Asia/Krasnoyarsk"
        ),
        (
            480, nil,
            "Asia/Shanghai Asia/Hong_Kong Asia/Singapore Asia/Taipei Asia/Manila "
                + "Asia/Kuala_Lumpur Asia/Macau Asia/Chongqing Asia/Harbin Asia/Urumqi Asia/Irkutsk "
                + "Asia/Ulaanbaatar Australia/Perth PRC Hongkong Singapore"
        ),
        (540, nil, "Asia/Tokyo Asia/Seoul Asia/Pyongyang Asia/Yakutsk Japan ROK"),
        (570, nil, "Australia/Darwin"),
        (570, .australia, "Australia/Adelaide"),
        (600, nil, "Australia/Brisbane Asia/Vladivostok Pacific/Guam Pacific/Port_Moresby"),
        (
            600, .australia,
            "Australia/Sydney Australia/Melbourne Australia/Hobart Australia/Canberra"
        ),
        (660, nil, "Pacific/Noumea Asia/Magadan Pacific/Guadalcanal"),
        (720, nil, "Pacific/Fiji Asia/Kamchatka"),
        (720, .newZealand, "Pacific/Auckland NZ"),
        (780, nil, "Pacific/Tongatapu Pacific/Apia"),
        (-60, nil, "Atlantic/Cape_Verde"),
        (-60, .europe, "Atlantic/Azores"),
        (
            -180, nil,
            "America/Sao_Paulo America/Argentina/Buenos_Aires America/Buenos_Aires "
                + "America/Montevideo America/Bahia America/Fortaleza America/Asuncion"
        ),
        (-210, .northAmerica, "America/St_Johns"),
        (
            -240, nil,
            "America/Caracas America/La_Paz America/Manaus America/Puerto_Rico "
                + "America/Santo_Domingo"
        ),
        (-240, .northAmerica, "America/Halifax Atlantic/Bermuda"),
        (-240, .chile, "America/Santiago"),
        (
            -300, nil,
            "America/Bogota America/Lima America/Panama America/Jamaica America/Guayaquil "
                + "America/Cancun EST"
        ),
        (
            -300, .northAmerica,
            "America/New_York America/Toronto America/Detroit America/Montreal "
                + "America/Indiana/Indianapolis US/Eastern EST5EDT"
        ),
        (
            -360, nil,
            "America/Mexico_City America/Costa_Rica America/Guatemala America/El_Salvador "
                + "America/Regina"
        ),
        (-360, .northAmerica, "America/Chicago America/Winnipeg US/Central CST6CDT"),
        (-420, nil, "America/Phoenix America/Hermosillo US/Arizona MST"),
        (-420, .northAmerica, "America/Denver America/Edmonton America/Boise US/Mountain MST7MDT"),
        (
            -480, .northAmerica,
            "America/Los_Angeles America/Vancouver America/Tijuana US/Pacific "
                + "PST8PDT"
        ),
        (-540, .northAmerica, "America/Anchorage US/Alaska"),
        (-600, nil, "Pacific/Honolulu US/Hawaii HST"),
        (-660, nil, "Pacific/Pago_Pago"),
    ]

    private static let table: [String: ZoneRules] = {
        var table: [String: ZoneRules] = [:]
        for row in rows {
            for name in row.names.split(separator: " ") {
                table[String(name)] = ZoneRules(row.minutes * 60, row.summer)
            }
        }
        // Etc/GMT+5 is five hours behind UTC: the signs are POSIX's.
        for hours in 1...14 {
            table["Etc/GMT-\(hours)"] = ZoneRules(hours * 3_600)
            if hours <= 12 { table["Etc/GMT+\(hours)"] = ZoneRules(-hours * 3_600) }
        }
        return table
    }()
}

extension CronSchedule {
    /// The first instant of the schedule after `instant` by the clocks of `zone`. A time that summer
    /// time leaves out does not come; one that it repeats comes twice.
    package func next(after instant: Timestamp, in zone: ZoneRules) -> Timestamp? {
        var from = instant
        var regime = instant
        // Two changes a year, and five years until a schedule counts as empty.
        for _ in 0..<12 {
            let found = next(after: from, offsetSeconds: zone.offset(at: regime))
            guard let change = zone.nextChange(after: regime) else { return found }
            if let found, found < change { return found }
            regime = change
            from = Timestamp(milliseconds: change.milliseconds - 1)
        }
        return nil
    }
}
