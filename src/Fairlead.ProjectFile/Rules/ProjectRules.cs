namespace Fairlead.ProjectFile.Rules;

/// <summary>
/// The one table of the project file's keys: the reader's checks, its messages on unknown and planned keys, and the JSON Schema all come from it.
/// </summary>
internal static class ProjectRules
{
    private static readonly ObjectShape Dataset = new(
    [
        new(Keys.Path, new TextShape(TextFormats.PathBelowRoot), "File or folder that holds the data, or a pattern such as data/**/*.csv, relative to this file."),
        new(Keys.Url, new TextShape(TextFormats.Url), "Where the data is fetched from, once; 'digest' says what must be there."),
        new(Keys.Sql, new TextShape(TextFormats.Person with { What = "a query", Expected = "a query, or the path of a file with it that ends in .sql", Example = "steps/clean.sql" }), "Query over the datasets of 'from', run by the embedded DuckDB: its rows are the data."),
        new(Keys.Digest, new TextShape(TextFormats.Digest), "SHA-256 of the bytes at 'url': sha256:…"),
        new(Keys.From, new MapShape("source", TextFormats.Identifier, new TextShape(TextFormats.DatasetSource), IgnoresCase: true), "What the query reads, by the name under which it finds it: dataset:NAME."),
        new(Keys.Expect, new ListShape(TextFormats.Person with { What = "a condition", Expected = "a condition in SQL", Example = "price > 0" }), "Conditions in SQL that every row must meet, or, with aggregates, all rows together; a version that does not is not used."),
        new(Keys.Schema, new MapShape("column", TextFormats.Column, new TextShape(TextFormats.SqlType)), "Columns that must be there, with their types in SQL."),
        new(Keys.Key, new TextShape(TextFormats.ColumnList), "Column that tells rows apart, or several with commas, so that rows can be compared between versions."),
    ])
    {
        ExactlyOneOf = [Keys.Path, Keys.Url, Keys.Sql],
    };

    private static readonly ObjectShape Resources = new(
    [
        new(Keys.Timeout, new TextShape(TextFormats.Duration), "Ends the step when it runs longer, such as 90s, 10m or 1h. Default: 1h."),
        new(Keys.Cpu, new NumberShape(0.01, 1024), "Processors that the step uses at most, such as 0.5 or 2; so many are kept free for it."),
        new(Keys.Memory, new TextShape(TextFormats.Size), "Memory of all its processes together, such as 2Gi. Default: no limit."),
        new(Keys.Pids, new IntegerShape(1, 1_000_000), "Processes and threads at a time. Default: no limit."),
        new(Keys.Disk, new TextShape(TextFormats.Size), "What its working folder may hold, such as 10Gi: outputs, temporary files, what it writes beside its code. Default: no limit."),
        .. Later("gpu"),
    ]);

    private static readonly EitherShape Tools = new(
        new MapShape("tool", TextFormats.Program, new ListShape(TextFormats.PathBelowRoot)),
        new ListShape(TextFormats.Program));

    private static readonly ObjectShape Step = new(
    [
        new(Keys.Run, new TextShape(TextFormats.CommandLine), "Command line in any language, run by /bin/sh. It finds in/NAME, params.json and FAIRLEAD_PARAM_NAME, and leaves its results in out/."),
        new(Keys.Sql, new TextShape(TextFormats.PathBelowRoot), "SQL script, run by the embedded DuckDB: each input is a view of its name, each parameter a variable; results go to 'out/…' by copy."),
        new(Keys.Code, new ListShape(TextFormats.Path), "Files and folders of the project that the step can see; nothing else is visible to it."),
        new(Keys.Inputs, new MapShape("input", TextFormats.Identifier, new TextShape(TextFormats.Source), IgnoresCase: true), "What the step reads, by the name under which it finds it in in/: dataset:NAME or STEP/OUTPUT."),
        new(Keys.Params, new MapShape("parameter", TextFormats.Identifier, new ScalarShape(), IgnoresCase: true), "Parameters by name: strings, numbers and booleans."),
        new(Keys.Matrix, new MapShape("axis", TextFormats.Identifier, new ScalarListShape(TextFormats.AxisValue), IgnoresCase: true), "Axes with their values: the step has a variant for each combination, in which they are parameters."),
        new(Keys.When, new TextShape(TextFormats.Person with { What = "a condition", Expected = "a SQL expression over params and metrics", Example = "params.customer <> 'acme'" }), "Condition in SQL over params and metrics of the steps that it reads; where it does not hold, the step is not wanted, and neither is what reads it."),
        new(Keys.Outputs, new ListShape(TextFormats.Output), "Files and folders below out/ that the step must leave."),
        new(Keys.Metrics, new TextShape(TextFormats.Output), "File below out/ with a flat JSON object of numbers."),
        new(Keys.Env, new MapShape("variable", TextFormats.Variable, new ScalarShape()), "Environment variables that the step sees."),
        new(Keys.Tools, Tools, "Programs whose version decides, with all else declared here, whether a recorded run can be reused; as a map, each with the files that pin what it brings along."),
        new(Keys.Resources, Resources, "What the step may use."),
        new(Keys.Sandbox, new ChoiceShape(["namespace", "container", "none"]), "What keeps the step from what it did not declare. namespace: by bubblewrap; container: in an image; none: nothing. Default: namespace where it works, else none."),
        new(Keys.Image, new TextShape(TextFormats.Image), "Image of the container, pinned by its digest: NAME@sha256:…"),
        new(Keys.Network, new BooleanShape(), "true: the step may use the network. Default: false."),
    ])
    {
        ExactlyOneOf = [Keys.Run, Keys.Sql],
    };

    private static readonly ObjectShape Model = new(
    [
        new(Keys.From, new TextShape(TextFormats.OutputOfStep), "The output that is the model's ONNX file: STEP/OUTPUT.") { IsRequired = true },
    ]);

    public static readonly ObjectShape Root = new(
    [
        new(Keys.Project, new TextShape(TextFormats.Name), "Name of the project.") { IsRequired = true },
        new(Keys.Owner, new TextShape(TextFormats.Person), "The one person who answers for the project end to end."),
        new(Keys.Brief, new TextShape(TextFormats.Sentence), "What the project is for, in a sentence."),
        new(Keys.Datasets, new MapShape("dataset", TextFormats.Name, Dataset), "Named data, versioned by content."),
        new(Keys.Steps, new MapShape("step", TextFormats.StepName, Step), "Commands with declared inputs, parameters and outputs; run only when something of it changed."),
        new(Keys.Models, new MapShape("model", TextFormats.Name, Model), "Named series of model versions."),
        new(Keys.Services, new MapShape("service", TextFormats.Name, ServiceRules.Service), "What can be deployed."),
        new(Keys.Environments, new MapShape("environment", TextFormats.Name, EnvironmentRules.Environment), "Named places to deploy to."),
        new(Keys.Freezes, new MapShape("freeze", TextFormats.StepName, CalendarRules.Freeze), "Times in which nothing is deployed, whatever the windows say."),
        new(Keys.Kpis, new MapShape("KPI", TextFormats.Name, MonitoringRules.Kpi), "Numbers by which the project is judged."),
        new(Keys.Metrics, new MapShape("metric", AnalysisRules.MetricName, AnalysisRules.Metric), "Metrics of canaries: your own, and how others are judged."),
        new(Keys.Analysis, AnalysisRules.Analysis, "How canaries are judged."),
        new(Keys.Alerts, new MapShape("alert", TextFormats.Name, MonitoringRules.Alert), "What a person must be told of, beside what always is."),
        new(Keys.Notify, NoticeRules.Notify, "Who is told of what, and how."),
        new(Keys.Store, StoreRules.Store, "Where artifacts go beside this machine."),
        new(Keys.Lineage, MonitoringRules.Lineage, "Where runs, releases and deployments are told as they happen."),
        new(Keys.Pipelines, new MapShape("pipeline", TextFormats.StepName, PipelineRules.Pipeline), "Delivery processes."),
        new(Keys.Templates, new MapShape("template", PipelineRules.TemplateKey, PipelineRules.Template), "Stages that pipelines use by name and version."),
        .. Later("customers", "experiments"),
    ]);

    private static IEnumerable<KeyRule> Later(params IEnumerable<string> names) => names.Select(KeyRule.Later);
}
