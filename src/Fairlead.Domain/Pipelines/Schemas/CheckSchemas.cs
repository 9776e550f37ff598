namespace Fairlead.Domain.Pipelines.Schemas;

/// <summary>Stages that ask what was deployed, and judge what it answers.</summary>
internal static class CheckSchemas
{
    private const int MostRequestsAtOnce = 10_000;

    private static readonly SettingSchema Environment = new("environment", SettingType.Text, "The environment that is asked.") { Default = "the only one that has something deployed", Reference = SettingReference.Environment };

    private static readonly StageSchema Check = new("check", "Asks what runs, by HTTP, gRPC or predictions whose answers are known, and fails where it does not answer as it should. A check that is text is a condition of another stage; one that is a map is this stage.")
    {
        OneOf = ["http", "grpc", "golden"],
        Condition = "expect",
        Settings =
        [
            new("http", SettingType.Text, "A URL, or a path of the host such as /v2/health/ready."),
            new("method", SettingType.Text, "How it is called.") { Choices = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"], Default = "GET" },
            new("headers", SettingType.Map, "Further headers."),
            new("body", SettingType.Any, "Sent as JSON."),
            new("status", SettingType.Integer, "The HTTP status that is expected.") { Default = "200 to 299", Least = 100, Most = 599 },
            new("grpc", SettingType.Text, "HOST:PORT of a server that answers grpc.health.v1, or 'host' for the one that answers predictions."),
            new("grpc-service", SettingType.Text, "Whose health is asked for.") { Default = "the server's" },
            new("golden", SettingType.Text, "Rows whose answers are known: a CSV, Parquet or JSON file of the project, a dataset, or STEP/OUTPUT. Columns are named like inputs and outputs, also as input.NAME and output.NAME."),
            new("service", SettingType.Text, "Who is asked for golden rows.") { Default = "the only service of the project", Reference = SettingReference.Service },
            Environment,
            new("tolerance", SettingType.Number, "By how much a number may be off.") { Default = "0", Least = 0 },
            new("relative-tolerance", SettingType.Number, "By how much a number may be off, as a share of what is expected; the larger of the two counts.") { Default = "0", Least = 0, Most = 1 },
            new("within", SettingType.Duration, "How long an answer may take.") { Default = "10s" },
            new("expect", SettingType.Text, "A condition in SQL on what came of the check."),
        ],
        Outputs =
        [
            new("status", "HTTP status of the answer."),
            new("answer", "Its body, when it is JSON."),
            new("latency", "How long the answer took, in seconds."),
            new("health", "What a gRPC server says of itself."),
            new("golden.rows", "Golden rows that were asked."),
            new("golden.matched", "Those that were answered as they should be."),
            new("golden.worst", "The largest difference between two numbers."),
        ],
        Example = "fit: { check: { golden: tests/golden.csv, environment: stage, tolerance: 0.000001 }, after: stage }",
    };

    private static readonly StageSchema Load = new("load", "Puts load on a service at a rate of its own, and measures how it answers. Latency counts from when a request was due.")
    {
        Main = "service",
        Settings =
        [
            new("service", SettingType.Text, "Which.") { IsRequired = true, Reference = SettingReference.Service },
            Environment,
            new("rate", SettingType.Number, "Requests per second.") { IsRequired = true, Least = 0.01, Most = 1e6 },
            new("for", SettingType.Duration, "How long.") { Default = "30s" },
            new("data", SettingType.Text, "Where inputs come from: a dataset, STEP/OUTPUT, NAME:PART, 'predictions' or 'predictions:CONDITION'.") { IsRequired = true },
            new("path", SettingType.Text, "Path and query that a command is asked for; recorded predictions have their own.") { Default = "/" },
            new("method", SettingType.Text, "By which method a command is asked; recorded predictions have their own.") { Choices = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"], Default = "POST" },
            new("profile", SettingType.Text, "The rate, a rise up to it, or the rate with a multiple of it in the middle.") { Choices = ["steady", "ramp", "spike"], Default = "steady" },
            new("peak", SettingType.Number, "By how much a spike multiplies the rate.") { Default = "3", Least = 1, Most = 1000 },
            new("protocol", SettingType.Text, "How to ask.") { Choices = ["rest", "grpc"], Default = "rest" },
            new("concurrency", SettingType.Integer, "Requests under way at once, at most.") { Default = "64", Least = 1, Most = MostRequestsAtOnce },
            new("rows", SettingType.Integer, "Rows in a request.") { Default = "1", Least = 1, Most = 100_000 },
            new("expect", SettingType.Texts, "What must hold, as in 'fairlead load --check': [\"p99 < 20ms\", \"error.rate < 0.1%\"]."),
        ],
        Outputs =
        [
            new("load.NAME", "What was measured: p50, p90, p95, p99, mean and max in seconds, rate, errors, error.rate, sent, late, unsent."),
            new("server-groups", "Who answered."),
        ],
        Example = "load: { load: late, environment: stage, rate: 500, data: predictions, expect: [\"p99 < 20ms\", \"errors = 0\"], after: stage }",
    };

    public static readonly IReadOnlyList<StageSchema> All = [Check, Load];
}
