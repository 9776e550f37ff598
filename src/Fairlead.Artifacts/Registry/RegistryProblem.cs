using System.Net;
using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Registry;

/// <summary>What a registry refuses, in a sentence.</summary>
internal static class RegistryProblem
{
    private const int LongestBody = 64 << 10;
    private const int LongestText = 300;

    /// <param name="what">What was asked for.</param>
    public static async Task<FairleadException> OfAsync(HttpResponseMessage answer, RegistryAddress address, string what, CancellationToken cancellationToken)
    {
        var said = await ReadAsync(answer, cancellationToken).ConfigureAwait(false);
        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new FairleadException(ProblemKind.Unauthenticated, $"The registry '{address.Host}' does not accept the credentials for {what}{said}; correct them."),
            HttpStatusCode.Forbidden => FairleadException.Forbidden($"The registry '{address.Host}' does not allow {what} in '{address.Repository}'{said}; use credentials that may."),
            HttpStatusCode.NotFound => FairleadException.NotFound($"The registry '{address}' has nothing for {what}{said}; check the name."),
            HttpStatusCode.RequestEntityTooLarge => new FairleadException(ProblemKind.TooLarge, $"The registry '{address.Host}' refuses the size of {what}{said}; raise its limit."),
            _ => FairleadException.Failed($"The registry '{address.Host}' answers {(int)answer.StatusCode} to {what}{said}; see its log."),
        };
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await RegistryBody.ReadAsync(answer, LongestBody, cancellationToken).ConfigureAwait(false));
            var error = document.RootElement.GetProperty("errors")[0];
            var text = $"{error.GetProperty("code").GetString()}: {(error.TryGetProperty("message", out var message) ? message.GetString() : "")}";
            return $" ({(text.Length > LongestText ? text[..LongestText] : text)})";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or IOException or HttpRequestException)
        {
            return "";
        }
    }
}
