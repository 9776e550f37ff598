namespace Fairlead.Bench.Workspaces;

/// <summary>An example project with what the harness must know of it.</summary>
internal sealed record Workload
{
    private static readonly Workload[] All =
    [
        new()
        {
            Name = "flights",
            Folder = "flights",
            Service = "late",
            Data = ("native/node_modules/vega-datasets/data/flights-3m.parquet", "data/flights.parquet"),
            Change = ("l2: 3000", "l2: 100"),
            Body = """
                {"inputs":[{"name":"hour","shape":[1,1],"datatype":"INT64","data":[18]},{"name":"day_of_week","shape":[1,1],"datatype":"INT64","data":[5]},{"name":"distance","shape":[1,1],"datatype":"FP32","data":[2586]},{"name":"origin","shape":[1,1],"datatype":"BYTES","data":["SFO"]},{"name":"destination","shape":[1,1],"datatype":"BYTES","data":["JFK"]}]}
                """,
        },
        new()
        {
            Name = "churn",
            Folder = "churn-python",
            Service = "churn",
            Change = ("l2: 0.001", "l2: 0.01"),
            Body = """{"inputs":[{"name":"features","shape":[1,3],"datatype":"FP32","data":[3,39.0,6]}]}""",
        },
    ];

    public required string Name { get; init; }

    /// <summary>Below <c>examples/</c>.</summary>
    public required string Folder { get; init; }

    public required string Service { get; init; }

    /// <summary>A file of the repository's, and where it lies in the workspace; null when the project brings its data.</summary>
    public (string From, string To)? Data { get; init; }

    /// <summary>Text of the project file, and what replaces it for the second release.</summary>
    public required (string From, string To) Change { get; init; }

    /// <summary>A request of one row.</summary>
    public required string Body { get; init; }

    public static Workload Named(string name) => All.FirstOrDefault(workload => workload.Name == name)
        ?? throw new BenchException($"'{name}' is not a project; {BenchOptions.Usage}.", isUsage: true);
}
