namespace Fairlead.Domain.Pipelines.Schemas;

/// <summary>Stages that run, release, deploy and look at what was deployed.</summary>
internal static class DeliverySchemas
{
    private static readonly StageSchema Steps = new("steps", "Runs steps of the project, with what they need; what did not change is reused.")
    {
        Main = "steps",
        Settings =
        [
            new("steps", SettingType.Texts, "Names of steps.") { Default = "all steps", Reference = SettingReference.Step },
            new("keep-going", SettingType.Boolean, "After a failure, go on with what does not depend on it.") { Default = "true" },
        ],
        Outputs =
        [
            new("metrics.STEP.NAME", "A metric of a step."),
            new("runs.STEP", "The run of a step."),
            new("commit", "The commit that the project was at."),
        ],
        Example = "verify: { steps: [evaluate], check: \"metrics.evaluate.auc > 0.58\" }",
    };

    private static readonly StageSchema Release = new("release", "Bundles the project's services with the models that its present commit, data and parameters make.")
    {
        Settings = [new("break-contract", SettingType.Boolean, "Releases contracts that break their clients.") { Default = "false" }],
        Outputs = [new("release", "Name of the release."), new("is-new", "False when nothing changed since that release."), new("commit", "Its commit."), new("created-by", "Who made it.")],
        Example = "release: { release: { }, after: verify }",
    };

    private static readonly StageSchema Deploy = new("deploy", "Deploys a release to an environment: new server groups warm up, then take their traffic. Undone by going back to those that were live before.")
    {
        Main = "environment",
        Settings =
        [
            new("environment", SettingType.Text, "Where to.") { IsRequired = true, Reference = SettingReference.Environment },
            new("release", SettingType.Text, "Which release.") { Default = "the one that a stage before it made, else the newest" },
            new("services", SettingType.Texts, "Services of the release.") { Default = "all", Reference = SettingReference.Service },
            new("strategy", SettingType.Text, "How the release takes over.") { Choices = ["blue-green", "highlander", "rolling", "canary", "shadow", "custom"], Default = "that of the environment" },
            new("pipeline", SettingType.Text, "Of the strategy custom: the pipeline that rolls the release out. It is given the inputs environment and release, and services where they are said here.") { Reference = SettingReference.Pipeline },
            new("traffic", SettingType.Texts, "Of a canary: its shares of the traffic, rising, such as [5%, 25%, 100%]."),
            new("each", SettingType.Duration, "How long a canary stays at each share, and a rolling deployment at each batch.") { Default = "0s" },
            new("mirror", SettingType.Text, "Of a shadow: the share of requests that it gets a copy of.") { Default = "100%" },
            new("baseline", SettingType.Boolean, "Of a canary: a fresh server group of what is live gets the same traffic.") { Default = "false" },
            new("analyse", SettingType.Texts, "What is compared at each share of a canary, and of a shadow.") { Reference = SettingReference.Metric },
        ],
        Outputs = [new("release", "The release that was deployed."), new("environment", "Where to."), new("changed", "False when it was live already."), new("live", "Names of the server groups that take traffic."), new("before", "Names of those that did before.")],
        Example = "stage: { deploy: stage, after: release }",
    };

    private static readonly StageSchema Rollback = new("rollback", "Gives the traffic of an environment back to the server groups that were live before.")
    {
        Main = "environment",
        Settings =
        [
            new("environment", SettingType.Text, "Where.") { IsRequired = true, Reference = SettingReference.Environment },
            new("service", SettingType.Text, "Only one service.") { Default = "all", Reference = SettingReference.Service },
            new("to", SettingType.Text, "The server group to go to.") { Default = "what was live before" },
        ],
        Outputs = [new("environment", "Where."), new("release", "The release that is live again."), new("live", "Names of the server groups that take traffic.")],
        Example = "back: { rollback: prod, when: \"not stages.watch.good\", after: watch }",
    };

    private static readonly StageSchema Replay = new("replay", "Scores recorded predictions again by the release, and compares.")
    {
        Main = "from",
        Settings =
        [
            new("from", SettingType.Text, "The environment whose predictions they are.") { IsRequired = true, Reference = SettingReference.Environment },
            new("service", SettingType.Text, "Whose predictions.") { Default = "the only service of the project", Reference = SettingReference.Service },
            new("last", SettingType.Duration, "How far back.") { Default = "7d" },
            new("release", SettingType.Text, "What scores them: a release, a model version, a run or a server group.") { Default = "the release that a stage before it made, else the newest" },
            new("environment", SettingType.Text, "Whose configuration a release is given, as a deployment to it would.") { Default = "that of the first deployment after it, else 'from'", Reference = SettingReference.Environment },
            new("where", SettingType.Text, "A condition in SQL over the columns of predictions."),
            new("limit", SettingType.Integer, "Predictions at most, drawn evenly.") { Least = 1, Most = 1e12 },
            new("if-none", SettingType.Text, "What becomes of the stage when there are no such predictions, as before the first release.") { Choices = ["fail", "skip"], Default = "fail" },
        ],
        Outputs = [new("replay.NAME", "A metric of the replay; with outcomes, also replay.recorded.NAME of what was answered then."), new("number", "Number of the replay.")],
        Example = "replay: { replay: { from: prod, last: 7d }, check: \"replay.auc >= replay.recorded.auc - 0.005\", after: stage }",
    };

    private static readonly StageSchema Canary = new("canary", "Compares a server group with what is live for a while, metric by metric, and fails as soon as it is certain that it is not good. What could not be judged is not good.")
    {
        Main = "environment",
        Settings =
        [
            new("environment", SettingType.Text, "Where both are.") { IsRequired = true, Reference = SettingReference.Environment },
            new("service", SettingType.Text, "Of which service.") { Default = "the only service of the project", Reference = SettingReference.Service },
            new("candidate", SettingType.Text, "The server group that is judged.") { Default = "the shadow, else the newest of those that share the traffic" },
            new("control", SettingType.Text, "The server group that it is compared with.") { Default = "a fresh one of what is live, else what leads" },
            new("analyse", SettingType.Texts, "Metrics, such as latency.p99, error.rate, kpi.NAME, output.FIELD, or of a shadow paired.latency.") { IsRequired = true, Reference = SettingReference.Metric },
            new("for", SettingType.Duration, "How long it is watched.") { IsRequired = true },
            new("interval", SettingType.Duration, "Between looks.") { Default = "that of 'analysis', else five looks" },
            new("look-back", SettingType.Duration, "How far back a look goes.") { Default = "that of 'analysis', else to the beginning" },
            new("warm-up", SettingType.Duration, "Time at the beginning that does not count.") { Default = "that of 'analysis', else none" },
            new("pass", SettingType.Number, "Score from which on it is good.") { Default = "that of 'analysis', else 90", Least = 0, Most = 100 },
            new("marginal", SettingType.Number, "Score below which it is bad.") { Default = "that of 'analysis', else 50", Least = 0, Most = 100 },
            new("patience", SettingType.Duration, "How long it waits for what is missing when its time is over.") { Default = "10m" },
            new("must-be-good", SettingType.Boolean, "Otherwise the stage fails; false leaves it to conditions.") { Default = "true" },
        ],
        Outputs =
        [
            new("canary.score", "0 to 100."),
            new("canary.outcome", "pass, marginal, fail or nodata."),
            new("number", "Number of the canary, for 'fairlead canary show'."),
            new("score", "The same score."),
            new("reason", "One sentence."),
            new("candidate", "The server group that was judged."),
            new("control", "The one that it was compared with."),
        ],
        Example = "watch: { canary: prod, analyse: [latency.p99, error.rate], for: 30m, check: \"canary.score >= 95\", after: shadow }",
    };

    public static readonly IReadOnlyList<StageSchema> All = [Steps, Release, Deploy, Rollback, Replay, Canary];
}
