import CCourse

/// The course that is in the program: its files by their paths below the course's folder.
enum ShippedCourse {
    static func text(_ path: String) -> String? {
        for place in 0..<drydock_course_count() {
            let file = drydock_course_file_at(place)
            guard String(cString: file.path) == path else { continue }
            return String(
                decoding: UnsafeBufferPointer(start: file.text, count: file.size), as: UTF8.self)
        }
        return nil
    }
}
