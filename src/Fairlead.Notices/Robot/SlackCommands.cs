using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Notices.Channels;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Fairlead.Notices.Robot;

/// <summary>Takes slash commands of Slack: signed, at most five minutes old, each once, and answered within three seconds, where that takes longer afterwards.</summary>
/// <param name="http">Does not follow redirects.</param>
public sealed class SlackCommands(IWorkspace workspace, SecretReader secrets, ChatRobot robot, HttpClient http, TimeProvider time, ILogger<SlackCommands> logger)
{
    public const string TimestampHeader = "X-Slack-Request-Timestamp";
    public const string SignatureHeader = "X-Slack-Signature";
    public const int LongestBody = 64 << 10;

    private const int LongestAnswer = 3000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LateLimit = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, DateTimeOffset> seen = new(StringComparer.Ordinal);
    private readonly ReadableProject project = new(workspace);

    /// <summary>What the signature of a request must be.</summary>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body];
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    /// <summary>The answer to a command, as Slack reads it.</summary>
    /// <param name="channel">Name in the project file.</param>
    /// <exception cref="FairleadException">NotFound: no such channel, or it takes no commands; Unauthenticated: not signed, too old, or seen before; Invalid: no command.</exception>
    public async Task<JsonObject> AnswerAsync(string channel, string timestamp, string signature, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var definition = (await project.ReadAsync(cancellationToken).ConfigureAwait(false)).Notify?.Channels.OfType<SlackDefinition>().FirstOrDefault(known => known.Name == channel);
        if (definition?.SigningSecret is not { } reference)
            throw FairleadException.NotFound($"The channel '{Domain.Identity.AuditText.Clean(channel, 64)}' takes no commands; add 'signing-secret' to it in the project file.");
        Check(secrets.Read(reference), timestamp, signature, body.Span);
        var form = new FormReader(Encoding.UTF8.GetString(body.Span)) { ValueCountLimit = 100 }.ReadForm();
        string Field(string name) => form.TryGetValue(name, out var values) ? values.ToString() : "";
        var (team, user) = (Field("team_id"), Field("user_id"));
        if (team.Length == 0 || user.Length == 0)
            throw FairleadException.Invalid("This is no slash command; it has no 'team_id' and 'user_id'.");
        var identity = $"slack:{team}/{user}";
        var request = new ChatRequest { Via = "slack", Channel = channel, Identity = identity, Speaker = identity, IsPrivate = true, Text = Field("text") };

        // It goes on although the request ends: what was begun is done, and told afterwards.
        var late = new CancellationTokenSource(LateLimit, time);
        var answering = robot.AnswerAsync(request, late.Token);
        if (await Task.WhenAny(answering, Task.Delay(Patience, time, cancellationToken)).ConfigureAwait(false) == answering)
        {
            late.Dispose();
            return Message(await answering.ConfigureAwait(false) ?? "You were told a moment ago.");
        }

        _ = AnswerLateAsync(answering, Field("response_url"), late);
        return Message("I am at it …");
    }

    private static JsonObject Message(string text) => new() { ["response_type"] = "ephemeral", ["text"] = PlainText.Short(PlainText.Slack(text), LongestAnswer) };

    private void Check(string secret, string timestamp, string signature, ReadOnlySpan<byte> body)
    {
        var now = time.GetUtcNow();
        var isFresh = long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= Window.TotalSeconds;

        // Compared in any case, so that the time taken says nothing.
        var isSigned = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(secret, timestamp, body)), Encoding.UTF8.GetBytes(signature));
        if (!isFresh || !isSigned)
            throw new FairleadException(ProblemKind.Unauthenticated, "The request is not signed as Slack signs it, or is older than five minutes; check the signing secret and the clock.");
        foreach (var old in seen.Where(entry => now - entry.Value > 2 * Window).ToList())
            seen.TryRemove(old);
        if (!seen.TryAdd(signature, now))
            throw new FairleadException(ProblemKind.Unauthenticated, "The request came before; each is taken once.");
    }

    private async Task AnswerLateAsync(Task<string?> answering, string responseUrl, CancellationTokenSource limit)
    {
        using (limit)
        {
            try
            {
                var text = await answering.ConfigureAwait(false) ?? "You were told a moment ago.";

                // The address is signed with the rest.
                if (!Uri.TryCreate(responseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
                    return;
                using var content = new StringContent(Message(text).ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
                using var answer = await http.PostAsync(url, content, limit.Token).ConfigureAwait(false);
                answer.EnsureSuccessStatusCode();
            }
            catch (Exception e)
            {
                Log.NotAnswered(logger, e, "slack", e.Message);
            }
        }
    }
}
