extension Tool {
    static let `true` = Tool(
        "true", aliases: [":"], summary: "does nothing, successfully", usage: "",
        examples: ["get pod nobody || true"],
        takesOptions: false
    ) { _ throws(ToolStop) in 0 }

    static let `false` = Tool(
        "false", summary: "does nothing, unsuccessfully", usage: "",
        examples: ["false || echo so be it"], takesOptions: false
    ) { _ throws(ToolStop) in 1 }
}
