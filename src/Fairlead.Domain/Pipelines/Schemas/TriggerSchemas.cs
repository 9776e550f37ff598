using System.Collections.Frozen;
using System.Text.Json;
using Fairlead.Domain.Scheduling;

namespace Fairlead.Domain.Pipelines.Schemas;

/// <summary>Every kind of trigger.</summary>
public static class TriggerSchemas
{
    private static readonly SettingSchema Interval = new("interval", SettingType.Duration, "How often it is looked at; less often after failures.");

    private static readonly TriggerSchema Git = new("git", "Commits that came to a branch, or tags. What was there before is not new.")
    {
        Settings =
        [
            new("branch", SettingType.Texts, "Branches, as patterns: * for anything but '/', ** for anything, ! in front for those that are meant not.") { Default = "**, when there is no 'tag'" },
            new("tag", SettingType.Texts, "Tags, as patterns."),
            new("paths", SettingType.Texts, "Only when one of these files changed; patterns as for branches, relative to the project file."),
            new("each", SettingType.Text, "An execution for every commit, in order, or one for the newest of what came together.") { Choices = ["push", "commit"], Default = "push" },
            new("url", SettingType.Text, "Another repository, by https, ssh or path. Default: that of the project."),
            new("credentials", SettingType.Text, "Where the token for 'url', or 'user:password', is kept: env:NAME, file:/path or secret:NAME."),
            new("ssh-key", SettingType.Text, "File of the private key for an ssh 'url'."),
            Interval with { Default = "at once for the project's own repository, otherwise 1m, or 10m with a webhook" },
            new("run", SettingType.Text, "What is executed: the project at the commit, or as it is where the control plane works.") { Choices = ["commit", "workspace"], Default = "commit" },
            new("webhook", SettingType.Text, "Who tells of new commits beside the looking.") { Choices = ["github", "gitlab", "gitea", "forgejo"], Default = "nobody" },
            new("secret", SettingType.Text, "Where the webhook's secret is kept: env:NAME, file:/path or secret:NAME."),
        ],
        Data = [new("commit", "Full object name."), new("branch", "Set for branches."), new("tag", "Set for tags."), new("message", "First line."), new("author", "Name of the author.")],
        Check = GitProblem,
        Example = "git: { branch: [main, \"release/*\"], paths: [\"src/**\", \"!src/docs/**\"] }",
    };

    private static readonly TriggerSchema Cron = new("cron", "Times, by five fields: minute, hour, day of month, month, day of week.")
    {
        Main = "at",
        Settings =
        [
            new("at", SettingType.Text, "Such as '0 6 * * 1-5'.") { IsRequired = true },
            new("zone", SettingType.Text, "Time zone, such as Europe/London.") { Default = "UTC" },
            new("missed", SettingType.Text, "What becomes of times at which the control plane did not run: nothing, one execution for all of them, or one for each, 100 at most.") { Choices = ["skip", "once", "all"], Default = "once" },
        ],
        Data = [new("at", "The time that had come."), new("missed", "How many times before it were missed.")],
        Check = CronProblem,
        Example = "cron: { at: \"0 6 * * 1-5\", zone: Europe/London, missed: skip }",
    };

    private static readonly TriggerSchema Dataset = new("dataset", "A new version of a dataset.")
    {
        Main = "dataset",
        Settings =
        [
            new("dataset", SettingType.Text, "Its name.") { IsRequired = true },
            new("watch", SettingType.Boolean, "Look at the files too, and register what changed once it does not change any more.") { Default = "false" },
            Interval with { Default = "2s" },
        ],
        Data = [new("dataset", "Its name."), new("version", "The number of the version."), new("digest", "What it holds.")],
        Example = "dataset: { dataset: rides, watch: true }",
    };

    private static readonly TriggerSchema Pipeline = new("pipeline", "The end of an execution of another pipeline.")
    {
        Main = "pipeline",
        Settings =
        [
            new("pipeline", SettingType.Text, "Its name.") { IsRequired = true, Reference = SettingReference.Pipeline },
            new("status", SettingType.Texts, "How it ended.") { Choices = ["succeeded", "failed", "cancelled"], Default = "succeeded" },
        ],
        Data = [new("execution", "Its number."), new("status", "How it ended."), new("inputs", "Its inputs by name."), new("stages", "What came of its stages, by name.")],
        Example = "pipeline: { pipeline: train, status: succeeded }",
    };

    private static readonly TriggerSchema Alert = new("alert", "An alert that begins to fire; once for each time.")
    {
        Main = "rule",
        Settings = [new("rule", SettingType.Text, "Name of the alert.") { IsRequired = true }],
        Data = [new("rule", "Its name."), new("target", "What it is about."), new("value", "What was measured."), new("since", "When it began to fire.")],
        Example = "alert: drift",
    };

    private static readonly TriggerSchema Registry = new("registry", "A tag in an OCI registry that stands for something else than before.")
    {
        Main = "image",
        Settings =
        [
            new("image", SettingType.Text, "Registry, repository and tag, such as registry.example.com/models/late:stable.") { IsRequired = true },
            new("credentials", SettingType.Text, "Where 'user:password' is kept: env:NAME, file:/path or secret:NAME."),
            new("plain", SettingType.Boolean, "By http, without encryption.") { Default = "false" },
            Interval with { Default = "1m" },
        ],
        Data = [new("image", "As in the settings."), new("digest", "What the tag stands for now."), new("before", "What it stood for.")],
        Check = RegistryProblem,
        Example = "registry: { image: \"registry.example.com/models/late:stable\", credentials: env:REGISTRY }",
    };

    private static readonly TriggerSchema Webhook = new("webhook", "A signed POST of JSON to the trigger's own URL.")
    {
        Main = "secret",
        Settings =
        [
            new("secret", SettingType.Text, "Where the key of the signature is kept: env:NAME, file:/path or secret:NAME.") { IsRequired = true },
            new("window", SettingType.Duration, "How far the sender's clock may be away.") { Default = "5m" },
        ],
        Data = [new("body", "What was posted."), new("delivery", "The sender's name for it.")],
        Check = WebhookProblem,
        Example = "webhook: { secret: env:CI_KEY }",
    };

    /// <summary>In the order of the reference.</summary>
    public static readonly IReadOnlyList<TriggerSchema> All = [Git, Cron, Dataset, Pipeline, Alert, Registry, Webhook];

    private static readonly FrozenDictionary<string, TriggerSchema> ByKind = All.ToFrozenDictionary(schema => schema.Kind, StringComparer.Ordinal);

    public static TriggerSchema? Find(string kind) => ByKind.GetValueOrDefault(kind);

    private static string? GitProblem(JsonElement settings)
    {
        if (Text(settings, "url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.UserInfo.Contains(':', StringComparison.Ordinal))
            return "has a password in 'url'; put it where 'credentials' says, such as env:GIT_TOKEN";
        if (Text(settings, "url") is { } other && (other.StartsWith('-') || other.Contains("::", StringComparison.Ordinal)))
            return $"has the 'url' '{other}', which is no address of a repository; use one of https or ssh, or a path";
        if (Text(settings, "url") is null && (Text(settings, "credentials") ?? Text(settings, "ssh-key")) is not null)
            return "has credentials and no 'url' that they are for; add 'url', or remove them";
        if (Text(settings, "webhook") is null != Text(settings, "secret") is null)
            return "has one of 'webhook' and 'secret'; give both, so that calls can be told from others'";
        return ReferenceProblem(settings, "credentials") ?? ReferenceProblem(settings, "secret");
    }

    private static string? CronProblem(JsonElement settings)
    {
        if (Text(settings, "zone") is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            return $"has the time zone '{zone}', which is not known; use a name such as Europe/London";
        return CronSchedule.Problem(Text(settings, "at") ?? "");
    }

    private static string? RegistryProblem(JsonElement settings)
    {
        var image = Text(settings, "image") ?? "";
        var slash = image.IndexOf('/', StringComparison.Ordinal);
        var colon = image.LastIndexOf(':');
        return slash > 0 && colon > slash + 1 && colon < image.Length - 1 && !image.Contains('@', StringComparison.Ordinal) && !image.Contains("://", StringComparison.Ordinal)
            ? ReferenceProblem(settings, "credentials")
            : $"has the image '{image}'; write registry, repository and tag, such as registry.example.com/models/late:stable";
    }

    private static string? WebhookProblem(JsonElement settings) => ReferenceProblem(settings, "secret");

    /// <summary>A secret is named, never written down.</summary>
    private static string? ReferenceProblem(JsonElement settings, string name) =>
        Text(settings, name) is { } reference && !new[] { "env:", "file:", "secret:" }.Any(prefix => reference.StartsWith(prefix, StringComparison.Ordinal) && reference.Length > prefix.Length)
            ? $"has a '{name}' that does not say where it is kept; write env:NAME, file:/path or secret:NAME"
            : null;

    private static string? Text(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
