using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Registry;

/// <summary>Signs in to a registry, by Basic or with a token from where the registry says; keeps what it was given.</summary>
internal sealed class RegistryAuthorization(HttpClient http, RegistryOptions options)
{
    private const int LongestAnswer = 1 << 20;
    private readonly ConcurrentDictionary<string, AuthenticationHeaderValue> known = new(StringComparer.Ordinal);

    /// <summary>What to send at first; null while nothing is known to be needed.</summary>
    /// <param name="scope">Such as <c>repository:team/rides:pull</c>.</param>
    public AuthenticationHeaderValue? For(string scope) => known.GetValueOrDefault(scope);

    /// <summary>Answers a refusal.</summary>
    /// <exception cref="FairleadException">Unauthenticated: there are no credentials, or they are not accepted.</exception>
    public async Task<AuthenticationHeaderValue> AnswerAsync(HttpResponseMessage refusal, string scope, CancellationToken cancellationToken)
    {
        var basic = Basic();
        foreach (var challenge in refusal.Headers.WwwAuthenticate)
        {
            if (challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
                return known[scope] = new AuthenticationHeaderValue("Bearer", await TokenAsync(RegistryChallenge.Read(challenge.Parameter ?? ""), scope, basic, cancellationToken).ConfigureAwait(false));
            if (challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && basic is not null)
                return known[scope] = basic;
        }

        throw new FairleadException(ProblemKind.Unauthenticated, $"The registry '{options.Address.Host}' wants to know who asks; {options.CredentialsCure}.");
    }

    private AuthenticationHeaderValue? Basic() =>
        options.Credentials() is { } credentials ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))) : null;

    private async Task<string> TokenAsync(IReadOnlyDictionary<string, string> challenge, string scope, AuthenticationHeaderValue? basic, CancellationToken cancellationToken)
    {
        var isPlain = options.Address.IsPlain;
        // Never to a place without encryption, unless the registry itself is one.
        if (!challenge.TryGetValue("realm", out var realm) || !Uri.TryCreate(realm, UriKind.Absolute, out var url)
            || !(url.Scheme == Uri.UriSchemeHttps || (isPlain && url.Scheme == Uri.UriSchemeHttp)))
            throw FairleadException.Unavailable($"The registry '{options.Address.Host}' says no place where a token is given ('{realm}'); see its configuration.");
        var query = $"scope={Uri.EscapeDataString(scope)}{(challenge.TryGetValue("service", out var service) ? $"&service={Uri.EscapeDataString(service)}" : "")}";
        var place = new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query[1..]}&{query}" : query }.Uri;
        using var request = new HttpRequestMessage(HttpMethod.Get, place);
        request.Headers.Authorization = basic;
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new FairleadException(ProblemKind.Unauthenticated, $"'{url.Host}' gives no token for '{options.Address}'; correct the credentials.");
        if (answer.StatusCode != HttpStatusCode.OK)
            throw FairleadException.Unavailable($"'{url.Host}' answers {(int)answer.StatusCode} where a token was asked for; see its log.");
        return ReadToken(await RegistryBody.ReadAsync(answer, LongestAnswer, cancellationToken).ConfigureAwait(false))
            ?? throw FairleadException.Unavailable($"'{url.Host}' gives no token for '{options.Address}'; see its log.");
    }

    private static string? ReadToken(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && (document.RootElement.TryGetProperty("token", out var token) || document.RootElement.TryGetProperty("access_token", out token))
                && token.ValueKind == JsonValueKind.String && token.GetString() is { Length: > 0 } text && text.All(character => character is > ' ' and <= '~')
                    ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
