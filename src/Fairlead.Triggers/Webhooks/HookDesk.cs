using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Problems;
using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Git;
using Fairlead.Triggers.Running;
using Microsoft.Extensions.Logging;

namespace Fairlead.Triggers.Webhooks;

/// <summary>Takes webhooks. Whoever does not know the secret learns nothing, not even whether there is such a trigger.</summary>
public sealed class HookDesk
{
    /// <summary>Bytes of a webhook's body that are read.</summary>
    public const int LongestBody = 2 << 20;

    private const int LongestDelivery = 200;
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(5);
    private static readonly FrozenDictionary<string, IHookFormat> Formats =
        new IHookFormat[] { new GitHubHooks(), new GitLabHooks(), new GiteaHooks("gitea"), new GiteaHooks("forgejo") }.ToFrozenDictionary(format => format.Name, StringComparer.Ordinal);

    private readonly Func<string, TriggerWatch?> find;
    private readonly ITriggerCatalog catalog;
    private readonly Func<string, string> secrets;
    private readonly PushNotes notes;
    private readonly Action seen;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    internal HookDesk(Func<string, TriggerWatch?> find, ITriggerCatalog catalog, Func<string, string> secrets, PushNotes notes, Action seen, TimeProvider time, ILogger logger) =>
        (this.find, this.catalog, this.secrets, this.notes, this.seen, this.time, this.logger) = (find, catalog, secrets, notes, seen, time, logger);

    /// <summary>Takes one webhook for the trigger of that name, such as <c>release/git</c>.</summary>
    /// <exception cref="FairleadException">
    /// Unauthenticated: no such trigger, a wrong signature, or one that is too old; Invalid: the body is no JSON; TooLarge; Unavailable: the secret cannot be had.
    /// </exception>
    public async Task<HookAnswer> ReceiveAsync(string name, HookRequest request, CancellationToken cancellationToken)
    {
        if (request.Body.Length > LongestBody)
            throw new FairleadException(ProblemKind.TooLarge, $"The body has {request.Body.Length} bytes, and {LongestBody} at most are read; send less.");
        if (find(name) is not { } watch || !TakesHooks(watch.Trigger))
            throw Stranger();
        return watch.Trigger.Definition.Kind == "git"
            ? await ReceivePushAsync(watch, Formats[watch.Trigger.Settings.Required("webhook")], request, cancellationToken).ConfigureAwait(false)
            : await ReceiveSignedAsync(watch, request, cancellationToken).ConfigureAwait(false);
    }

    internal static bool TakesHooks(TriggerContext trigger) => trigger.Definition.Kind == "webhook" || (trigger.Definition.Kind == "git" && trigger.Settings.Text("webhook") is not null);

    private async Task<HookAnswer> ReceivePushAsync(TriggerWatch watch, IHookFormat format, HookRequest request, CancellationToken cancellationToken)
    {
        if (!format.IsRight(request, Secret(watch)))
            throw Stranger();
        var kind = format.EventOf(request);
        if (!format.IsPush(kind))
            return new HookAnswer(false, $"The event '{Shown(kind)}' says nothing of new commits; nothing is done.");
        var payload = Parse(request.Body);
        if (await IsRepeatedAsync(watch, format.DeliveryOf(request), cancellationToken).ConfigureAwait(false))
            return new HookAnswer(false, "This delivery was taken before; nothing more is done.");
        foreach (var (commit, note) in PushPayload.Read(payload))
            notes.Add(commit, note);
        watch.Want();
        return new HookAnswer(true, PushPayload.RefOf(payload) is { } changed ? $"The repository is looked at for '{Shown(changed)}'." : "The repository is looked at.");
    }

    private async Task<HookAnswer> ReceiveSignedAsync(TriggerWatch watch, HookRequest request, CancellationToken cancellationToken)
    {
        var timestamp = request.Header("Fairlead-Timestamp");
        var now = time.GetUtcNow();
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp), (byte)'.', .. request.Body.Span];
        if (!HookSignature.IsHmac(request.Header("Fairlead-Signature"), Secret(watch), signed) || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            throw Stranger();
        var window = watch.Trigger.Settings.Duration("window") ?? DefaultWindow;
        if (Math.Abs(now.ToUnixTimeSeconds() - (double)seconds) > window.TotalSeconds)
            throw new FairleadException(ProblemKind.Unauthenticated, $"The timestamp '{timestamp}' is more than {window.TotalSeconds:0} s away from now; sign it when it is sent, with a clock that is right.");
        var body = Parse(request.Body);
        // Without a name of its own, what was signed is its name.
        var delivery = request.Header("Fairlead-Delivery") is { Length: > 0 and <= LongestDelivery } given ? given : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(signed));
        var order = watch.Trigger.Fire(
            $"delivery {delivery}",
            now,
            new ExecutionCause("webhook", watch.Trigger.Name, $"Delivery {delivery}."),
            new JsonObject { ["body"] = JsonNode.Parse(body.GetRawText()), ["delivery"] = delivery });
        var added = await catalog.SeeAsync(watch.Memory, [order], cancellationToken).ConfigureAwait(false);
        if (added.Count == 0)
            return new HookAnswer(false, "This delivery was taken before; nothing more is done.");
        seen();
        return added[0].Status == FiringStatus.Skipped ? new HookAnswer(false, added[0].Reason!) : new HookAnswer(true, "An execution begins.");
    }

    private byte[] Secret(TriggerWatch watch)
    {
        var reference = watch.Trigger.Settings.Required("secret");
        try
        {
            return secrets(reference).Trim() is { Length: > 0 } secret ? Encoding.UTF8.GetBytes(secret) : throw FairleadException.NotFound($"The secret '{reference}' is empty.");
        }
        catch (FairleadException e)
        {
            // What is missing is nobody's business out there.
            Log.HookUnchecked(logger, watch.Trigger.Name, e.Message);
            throw FairleadException.Unavailable("Webhooks for this address cannot be checked now; the log of the control plane says why.", e);
        }
    }

    private async Task<bool> IsRepeatedAsync(TriggerWatch watch, string delivery, CancellationToken cancellationToken) =>
        delivery.Length is > 0 and <= LongestDelivery && !await catalog.TryAddDeliveryAsync(watch.Trigger.Name, delivery, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);

    private static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            // As it will be written: what can be read and not written, such as half a character, is refused as well.
            return JsonSerializer.SerializeToElement(JsonNode.Parse(body.Span, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw FairleadException.Invalid($"The body is no JSON ({e.Message}); let the sender post 'application/json'.");
        }
    }

    private static FairleadException Stranger() => new(ProblemKind.Unauthenticated, "There is no trigger with this address and that secret; check both.");

    private static string Shown(string text) => new([.. text.Take(100).Select(c => char.IsControl(c) ? '?' : c)]);
}
