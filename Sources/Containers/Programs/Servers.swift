// Servers that pages ask for their version, or tell to read their configuration again.
extension ContainerProgram {
    static let nginx = ContainerProgram(
        "nginx", summary: "nginx -v, -t, -s reload", images: ["nginx"]
    ) { call in
        switch call.arguments.first {
        case "-v", "-V":
            call.error.write("nginx version: nginx/\(call.space.image.version ?? "1.27")\n")
        case "-t":
            let path = "/etc/nginx/nginx.conf"
            guard call.files.kind(of: path) == .file else {
                call.error.write(
                    "nginx: [emerg] open() \"\(path)\" failed (2: No such file or directory)\n"
                        + "nginx: configuration file \(path) test failed\n")
                return 1
            }
            call.error.write(
                "nginx: the configuration file \(path) syntax is ok\n"
                    + "nginx: configuration file \(path) test is successful\n")
        case "-s":
            switch call.arguments.dropFirst().first {
            case "reload", "reopen": break
            case "stop": call.space.host.signalMain(2, in: call.space)
            case "quit": call.space.host.signalMain(15, in: call.space)
            default:
                call.error.write("nginx: invalid option: \"-s\"\n")
                return 1
            }
        default:
            // It serves.
            call.clock.advance(by: .max)
        }
        return 0
    }

    static let httpd = ContainerProgram(
        "httpd", summary: "httpd -v, -t", images: ["httpd"]
    ) { call in
        switch call.arguments.first {
        case "-v":
            call.output.write(
                "Server version: Apache/\(call.space.image.version ?? "2.4.62") (Unix)\n")
        case "-t": call.error.write("Syntax OK\n")
        case "-k": break
        default: call.clock.advance(by: .max)
        }
        return 0
    }

    static let redisCLI = ContainerProgram(
        "redis-cli", summary: "redis-cli ping: other commands have no server here",
        images: ["redis"]
    ) { call in
        guard let command = call.arguments.last?.lowercased(), command == "ping" else {
            call.error.write(
                "(simulated containers hold no data: of redis-cli only `ping` answers)\n")
            return 1
        }
        call.output.write("PONG\n")
        return 0
    }
}
