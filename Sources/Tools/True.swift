extension Tool {
    static let `true` = Tool(
        "true", aliases: [":"], summary: "does nothing, successfully", usage: "",
        takesOptions: false
    ) { _ throws(ToolStop) in 0 }

    static let `false` = Tool(
        "false", summary: "does nothing, unsuccessfully", usage: "", takesOptions: false
    ) { _ throws(ToolStop) in 1 }
}
