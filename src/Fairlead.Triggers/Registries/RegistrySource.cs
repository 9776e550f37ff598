using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Registries;

/// <summary>What a tag of an OCI registry stands for.</summary>
internal sealed class RegistrySource(TriggerContext trigger, IImageTags tags, Func<string, string> secrets, TimeProvider time) : ITriggerSource
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMinutes(1);
    private readonly ImageName image = ImageName.Parse(trigger.Settings.Required("image"));

    public string Source => image.ToString();

    public TimeSpan? Interval => trigger.Settings.Duration("interval") ?? DefaultInterval;

    public async Task<TriggerLook?> LookAsync(string? cursor, CancellationToken cancellationToken)
    {
        var credentials = trigger.Settings.Text("credentials") is { } reference ? secrets(reference) : null;
        var digest = await tags.FindDigestAsync(image.Registry, image.Repository, image.Tag, trigger.Settings.Flag("plain"), credentials, cancellationToken).ConfigureAwait(false);
        var last = cursor is null ? null : JsonSerializer.Deserialize(cursor, CursorJson.Default.RegistryCursor);
        if (last is not null && last.Digest == digest)
            return null;
        var now = new RegistryCursor(digest, (last?.Changes ?? 0) + (last is null ? 0 : 1));
        var text = JsonSerializer.Serialize(now, CursorJson.Default.RegistryCursor);
        if (last is null || digest is null)
            return new TriggerLook(text, []);
        var cause = new ExecutionCause("registry", image.Registry, $"'{image}' stands for {digest} now.");
        var data = new JsonObject { ["image"] = image.ToString(), ["digest"] = digest, ["before"] = last.Digest };
        return new TriggerLook(text, [trigger.Fire($"{now.Changes} {digest}", time.GetUtcNow(), cause, data)]);
    }
}
