using Fairlead.Domain.Projects;
using Fairlead.Domain.Services;

namespace Fairlead.ProjectFile.Rules;

/// <summary>The part of the table about services.</summary>
internal static class ServiceRules
{
    /// <summary>Keys that only a command service has.</summary>
    public static readonly IReadOnlyList<string> OfCommands =
        [Keys.Code, Keys.Protocol, Keys.Health, Keys.Contract, Keys.Instances, Keys.Env, Keys.StartTimeout, Keys.StopTimeout, Keys.Memory, Keys.Sandbox, Keys.Secrets];

    /// <summary>Keys that only a service has which the built-in engine serves.</summary>
    public static readonly IReadOnlyList<string> OfModels = [Keys.Batch, Keys.Transform, Keys.Inputs];

    private static readonly ObjectShape Capture = new(
    [
        new(Keys.Durability, new ChoiceShape([.. Enum.GetNames<CaptureDurability>().Select(name => name.ToLowerInvariant())]), "relaxed (default): an answer survives a killed process; acknowledged: it also survives a power cut."),
        new(Keys.Sample, new NumberShape(0, 1), "Share of units whose predictions are captured, from 0 to 1; a unit is kept whole or not at all. Default: 1."),
        new(Keys.Redact, new ListShape(TextFormats.Field), "Inputs and outputs whose values are never written, or 'unit'; for a command paths into JSON bodies, such as user.name."),
        new(Keys.Hash, new ListShape(TextFormats.Field), "Inputs and outputs of which a keyed hash is written: equal values stay equal. Named as for redact."),
        new(Keys.Retention, new TextShape(TextFormats.Period), "Removes predictions that are older, such as 90d. Default: never."),
        new(Keys.MaxBody, new TextShape(TextFormats.BodySize), "Bytes of the inputs, and of the outputs, that are kept of one request, such as 64Ki; longer ones are left out. Default: 1Mi for a command, else everything."),
    ]);

    private static readonly ObjectShape Evaluation = new(
    [
        new(Keys.Score, new TextShape(TextFormats.Sentence with { What = "an expression", Expected = "an output or an expression in SQL over 'output'", Example = "output.score" }), "What is judged: an output, or an expression in SQL over 'output'. Default: the only number among the outputs."),
        new(Keys.Label, new TextShape(TextFormats.Sentence with { What = "an expression", Expected = "a field or an expression in SQL over 'outcome'", Example = "outcome.late" }), "What was true: a field of the outcome, or an expression in SQL over 'outcome'. Default: the field with the score's name."),
        new(Keys.Task, new ChoiceShape([.. Enum.GetNames<EvaluationTask>().Select(name => name.ToLowerInvariant())]), "binary: a score, yes or no was true; regression: numbers; multiclass: classes; ranking: a list, and what of it was relevant. Default: what the outcomes look like."),
        new(Keys.Threshold, new NumberShape(-1e12, 1e12), "Scores from here on are a yes. Default: 0.5."),
    ]);

    private static readonly ObjectShape Outcome = new(
    [
        new(Keys.Key, new ChoiceShape(["unit"]), "What an outcome names in place of a prediction: unit, for whom the prediction was made.") { IsRequired = true },
        new(Keys.Window, new TextShape(TextFormats.Period), "How long before the outcome the predictions lie that it is about, such as 7d.") { IsRequired = true },
        new(Keys.Match, new ChoiceShape(["last", "every"]), "last (default): it is about the last prediction of the unit in the window; every: about each."),
    ]);

    private static readonly ObjectShape Batch = new(
    [
        new(Keys.Max, new IntegerShape(2, 65536), "Rows that are scored in one call of the model, at most.") { IsRequired = true },
        new(Keys.Wait, new TextShape(TextFormats.ShortDuration), "How long the first row waits for company, such as 2ms. Default: 0ms, which takes only what waits already."),
    ]);

    private static readonly ObjectShape Limits = new(
    [
        new(Keys.Concurrency, new IntegerShape(1, 65536), "Requests under way at once, of each instance. Default: no limit."),
        new(Keys.Queue, new IntegerShape(0, 1_000_000), "Requests that wait for their turn; one more is answered 429. Default: 256."),
        new(Keys.Deadline, new TextShape(TextFormats.ShortDuration), "From arrival to answer, waiting included; later is answered 504. Default: none but the client's own."),
    ]);

    private static readonly ObjectShape Stage = new(
    [
        new(Keys.Model, new TextShape(TextFormats.Name), "Name of a model that scores at this stage."),
        new(Keys.Transform, new TextShape(TextFormats.PathBelowRoot), "SQL file: a SELECT from the table 'input', which has a column for each tensor and the column 'row'."),
    ])
    {
        ExactlyOneOf = [Keys.Model, Keys.Transform],
    };

    public static readonly ObjectShape Service = new(
    [
        new(Keys.Model, new TextShape(TextFormats.Name), "Name of the model that the built-in engine serves."),
        new(Keys.Chain, new ObjectListShape("stage", Stage), "Models and SQL transforms that score one request in turn."),
        new(Keys.Command, new TextShape(TextFormats.CommandLine), "Command line in any language, run by /bin/sh, that listens on the port in PORT."),
        new(Keys.Transform, new TextShape(TextFormats.PathBelowRoot), "SQL file that makes the model's inputs from those of the service."),
        new(Keys.Inputs, new MapShape("input", TextFormats.Identifier, new TextShape(TextFormats.Tensor)), "What the service takes when a transform comes first: tensors by name, such as FP32[-1] or INT64[-1,3]."),
        new(Keys.Batch, Batch, "Scores requests that arrive together in one call of the model."),
        new(Keys.Limits, Limits, "What a server group takes at a time; the rest waits or is refused."),
        new(Keys.Code, new ListShape(TextFormats.Path), "Files and folders of the project that the command can see, in a folder that it starts in."),
        new(Keys.Protocol, new ChoiceShape(["http", "http2", "grpc"]), "What the command speaks. Default: http."),
        new(Keys.Health, new TextShape(TextFormats.Health), "How an instance is checked: a path, 'grpc', 'grpc:SERVICE' or 'tcp'. Default: tcp, for gRPC grpc."),
        new(Keys.Contract, new TextShape(TextFormats.PathBelowRoot), "A .proto file: makes gRPC messages readable in the log, and a breaking change of it is refused at release."),
        new(Keys.Instances, EnvironmentRules.Instances, "Instances of the command: a number, or bounds. Default: 1."),
        new(Keys.Env, new MapShape("variable", TextFormats.Variable, new ScalarShape()), "Environment variables that the command sees."),
        new(Keys.StartTimeout, new TextShape(TextFormats.Duration), "From the start to the first healthy answer. Default: 30s."),
        new(Keys.StopTimeout, new TextShape(TextFormats.Duration), "From SIGTERM to SIGKILL. Default: 10s."),
        new(Keys.Memory, new TextShape(TextFormats.Size), "Memory of each instance, such as 512Mi. Default: no limit."),
        new(Keys.Sandbox, new ChoiceShape(["namespace", "none"]), "namespace (default): sees its code and the system's programs, nothing else; none: everything."),
        new(Keys.Config, EnvironmentRules.Config, "Settings that environments can give values to, by name: a default, or what a value may be."),
        new(Keys.Secrets, EnvironmentRules.Secrets, "References to secrets, by the environment variable in which the command finds the value; environments may name others."),
        new(Keys.Capture, Capture, "How predictions are logged."),
        new(Keys.Outcome, Outcome, "How outcomes that name no prediction find theirs."),
        new(Keys.Evaluation, Evaluation, "How answers are judged against their outcomes."),
    ])
    {
        ExactlyOneOf = [Keys.Model, Keys.Chain, Keys.Command],
    };

    private static IEnumerable<KeyRule> Later(params IEnumerable<string> names) => names.Select(KeyRule.Later);
}
