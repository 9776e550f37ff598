namespace Fairlead.ProjectFile.Rules;

/// <summary>The part of the table about pipelines.</summary>
internal static class PipelineRules
{
    private static readonly TextFormat Condition = TextFormats.Sentence with { What = "a condition", Expected = "a condition in SQL", Example = "inputs.fast" };

    private static readonly TextFormat TemplateName = new(
        "a template's name", "^[a-z][a-z0-9_-]{0,62}@[1-9][0-9]{0,5}$", "a name, '@' and a version", "careful@1");

    private static readonly TextFormat Concurrency = new(
        "a concurrency", "^(?:queue|latest|parallel [1-9][0-9]{0,3})$", "'queue', 'latest', or 'parallel' and a number", "parallel 4");

    /// <summary>What every stage has, beside its kind.</summary>
    public static readonly ObjectShape Frame = new(
    [
        new(Keys.After, new AnyShape(), "The stage, or the stages, that come before."),
        new(Keys.When, new TextShape(Condition), "A condition in SQL over inputs and stages; where it does not hold, the stage is skipped."),
        new(Keys.Check, new TextShape(Condition with { Example = "metrics.evaluate.auc > 0.6" }), "A condition in SQL on what came of the stage; where it does not hold, the stage failed."),
        new(Keys.Retries, new IntegerShape(0, 100), "How often a stage that failed is tried again. Default: 0."),
        new(Keys.Backoff, new TextShape(TextFormats.Duration), "Before the first retry; twice as long before each further one, 1h at most. Default: 10s."),
        new(Keys.Timeout, new TextShape(TextFormats.Duration), "Ends an attempt that takes longer. Default: none."),
        new(Keys.Notify, NoticeRules.Own, "Who is told of what happens in the stage: a list of rules."),
        new(Keys.OnFailure, new ChoiceShape(["stop", "continue", "rollback"]), "stop (default): nothing further begins; continue: what comes after goes on; rollback: what the execution changed is undone."),
        new(Keys.Uses, new TextShape(TemplateName), "A template whose stages stand here, such as careful@1."),
        new(Keys.With, new AnyShape(), "Parameters of the template."),
    ]);

    private static readonly ObjectShape Input = new(
    [
        new(Keys.Type, new ChoiceShape(["text", "number", "boolean"]), "text (default), number or boolean."),
        new(Keys.Default, new ScalarShape(), "What holds when it is not given. Default: it must be given."),
        new(Keys.Description, new TextShape(TextFormats.Sentence), "What it is for."),
        new(Keys.Choices, new ListShape(TextFormats.Sentence), "The only texts that are accepted."),
    ]);

    private static readonly MapShape Stages = new("stage", TextFormats.StepName, new StageShape(Frame));

    public static readonly ObjectShape Pipeline = new(
    [
        new(Keys.Description, new TextShape(TextFormats.Sentence), "What the pipeline is for."),
        new(Keys.Triggers, new TriggersShape(), "What begins an execution, beside a person who asks for one: a list of maps, each with a kind such as cron or git."),
        new(Keys.Inputs, new MapShape("input", TextFormats.Identifier, Input, IgnoresCase: true), "What an execution is given when it begins."),
        new(Keys.Concurrency, new TextShape(Concurrency), "queue (default): one execution after the other; latest: of those that wait, only the newest; parallel N: N at once."),
        new(Keys.Locks, new ListShape(TextFormats.StepName), "Names that no two executions, of whichever pipelines, hold at the same time."),
        new(Keys.Notify, NoticeRules.Own, "Who is told of what happens in its executions."),
        new(Keys.Stages, Stages, "The stages by name.") { IsRequired = true },
    ]);

    public static readonly ObjectShape Template = new(
    [
        new(Keys.Description, new TextShape(TextFormats.Sentence), "What the template is for."),
        new(Keys.Parameters, new MapShape("parameter", TextFormats.Identifier, Input, IgnoresCase: true), "What a stage that uses it gives; in the stages, ${{ parameters.NAME }}."),
        new(Keys.Stages, Stages, "The stages by name.") { IsRequired = true },
    ]);

    public static readonly TextFormat TemplateKey = TemplateName;
}
