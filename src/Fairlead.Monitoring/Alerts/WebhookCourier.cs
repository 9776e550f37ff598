using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Alerts;

/// <summary>Delivers messages to the webhook, each at least once, and again with growing pauses until it is accepted or a day is over.</summary>
/// <param name="http">Does not follow redirects; has a time limit.</param>
/// <param name="secrets">The value of an environment variable, or null.</param>
public sealed class WebhookCourier(IWorkspace workspace, IRecordCatalog records, HttpClient http, Func<string, string?> secrets, TimeProvider time, ILogger<WebhookCourier> logger)
{
    public const string DeliveryHeader = "Fairlead-Delivery";
    public const string TimestampHeader = "Fairlead-Timestamp";
    public const string SignatureHeader = "Fairlead-Signature";

    private const int MostWaiting = 1000;
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(1);
    private readonly AlertStore store = new(records);
    private readonly WatchedProject project = new(workspace);

    /// <summary>Tries what is due, oldest first.</summary>
    /// <returns>How many messages arrived.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var waiting = await store.ListNoticesAsync(null, AlertNoticeStatus.Waiting, MostWaiting, cancellationToken).ConfigureAwait(false);
        var delivered = 0;
        foreach (var (number, notice) in waiting.Reverse())
        {
            var now = time.GetUtcNow();
            if (!DeliveryPauses.IsDue(notice.NextAt, now))
                continue;
            var error = await TryAsync(notice.Message, now, cancellationToken).ConfigureAwait(false);
            delivered += error is null ? 1 : 0;
            await store.UpdateNoticeAsync(number, After(notice, error, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        }

        return delivered;
    }

    /// <summary>What the signature of a request is: HMAC-SHA-256 over the timestamp, a dot and the body, in lower-case hex.</summary>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp), (byte)'.', .. body];
        return "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }

    /// <summary>Null when it was accepted, else why not.</summary>
    private async Task<string?> TryAsync(AlertMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            if ((await project.ReadAsync(cancellationToken).ConfigureAwait(false)).Notify is not { } notify)
                return "the project file names no webhook any more";
            using var request = new HttpRequestMessage(HttpMethod.Post, notify.WebhookUrl);
            var body = JsonSerializer.SerializeToUtf8Bytes(message, AlertJson.Default.AlertMessage);
            var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add(DeliveryHeader, message.Delivery);
            request.Headers.Add(TimestampHeader, timestamp);
            if (notify.SecretVariable is { } variable)
            {
                if (secrets(variable) is not { Length: > 0 } secret)
                    return $"the environment variable '{variable}' with the key is not set where the control plane runs";
                request.Headers.Add(SignatureHeader, Sign(secret, timestamp, body));
            }

            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? null : $"it answered {(int)answer.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException or FairleadException)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it did not answer within {http.Timeout.TotalSeconds:0} s";
        }
    }

    private AlertNotice After(AlertNotice notice, string? error, DateTimeOffset now)
    {
        var attempts = notice.Attempts + 1;
        if (error is null)
            return notice with { Status = AlertNoticeStatus.Delivered, Attempts = attempts, DeliveredAt = now, Error = null };
        if (now - notice.Message.At >= GivenUpAfter)
        {
            Log.DeliveryGivenUp(logger, notice.Message.Alert, attempts, error);
            return notice with { Status = AlertNoticeStatus.Failed, Attempts = attempts, Error = error };
        }

        Log.DeliveryFailed(logger, notice.Message.Alert, attempts, error);
        return notice with { Attempts = attempts, Error = error, NextAt = DeliveryPauses.NextAt(attempts, now) };
    }
}
