import Glibc

/// Waits for files to be saved (inotify).
final class FileWatcher {
    private let descriptor: Int32
    private var folders: [Int32: String] = [:]

    /// Nil, with `errno`, where the system watches nothing.
    init?() {
        descriptor = inotify_init1(Int32(IN_CLOEXEC))
        if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    /// Watches the files of a folder, by a path with links resolved.
    func watch(_ folder: String) {
        let mask = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE)
        let number = inotify_add_watch(descriptor, folder, mask)
        if number >= 0 { folders[number] = folder }
    }

    /// The files that have changed, once nothing has changed for a moment; nil when the wait was ended.
    func wait(while goesOn: () -> Bool) -> Set<String>? {
        var changed: Set<String> = []
        while goesOn() {
            var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let count = poll(&polled, 1, 100)
            if count > 0 {
                changed.formUnion(read())
            } else if count == 0, !changed.isEmpty {
                return changed
            }
        }
        return nil
    }

    private func read() -> [String] {
        let room = 65_536
        let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            count = max(Glibc.read(descriptor, buffer.baseAddress, room), 0)
        }
        var paths: [String] = []
        var offset = 0
        // struct inotify_event: wd, mask, cookie, len, and the name with zeros behind it.
        while offset + 16 <= bytes.count {
            func number(_ place: Int) -> UInt32 {
                (0..<4).reversed().reduce(0) { $0 << 8 | UInt32(bytes[offset + place + $1]) }
            }
            let length = Int(number(12))
            let name = bytes[(offset + 16)...].prefix(length).prefix { $0 != 0 }
            if let folder = folders[Int32(bitPattern: number(0))] {
                paths.append("\(folder)/\(String(decoding: name, as: UTF8.self))")
            }
            offset += 16 + length
        }
        return paths
    }
}
