using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Domain.Problems;

namespace Fairlead.Triggers.Registries;

/// <summary>Asks OCI registries what a tag stands for; signs in by Basic, or gets a token where the registry says.</summary>
/// <param name="http">Follows no redirects, so that credentials go nowhere else.</param>
internal sealed partial class RegistryClient(HttpClient http)
{
    private const int LongestManifest = 4 << 20;
    private static readonly string[] Manifests =
    [
        "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json",
    ];

    /// <param name="isPlain">By http.</param>
    /// <param name="credentials"><c>user:password</c>; null for none.</param>
    /// <returns>Null when there is no such tag.</returns>
    /// <exception cref="FairleadException">Unavailable: the registry cannot be asked now; Unauthenticated: it wants other credentials.</exception>
    public async Task<string?> FindDigestAsync(ImageName image, bool isPlain, string? credentials, CancellationToken cancellationToken)
    {
        try
        {
            var url = new Uri($"{(isPlain ? "http" : "https")}://{image.Registry}/v2/{image.Repository}/manifests/{Uri.EscapeDataString(image.Tag)}");
            using var first = await AskAsync(url, null, cancellationToken).ConfigureAwait(false);
            if (first.StatusCode != HttpStatusCode.Unauthorized)
                return await DigestOfAsync(first, image, cancellationToken).ConfigureAwait(false);
            var authorization = await AuthorizeAsync(first, image, credentials, isPlain, cancellationToken).ConfigureAwait(false);
            using var second = await AskAsync(url, authorization, cancellationToken).ConfigureAwait(false);
            return await DigestOfAsync(second, image, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw FairleadException.Unavailable($"The registry '{image.Registry}' cannot be asked for '{image}': {e.Message}", e);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(Uri url, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var type in Manifests)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        request.Headers.Authorization = authorization;
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string?> DigestOfAsync(HttpResponseMessage answer, ImageName image, CancellationToken cancellationToken)
    {
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new FairleadException(ProblemKind.Unauthenticated, $"The registry '{image.Registry}' refuses to tell of '{image}'; give it credentials that may read it, by 'credentials'.");
        if (answer.StatusCode != HttpStatusCode.OK)
            throw FairleadException.Unavailable($"The registry '{image.Registry}' answers {(int)answer.StatusCode} for '{image}'; see its log.");
        if (answer.Headers.TryGetValues("Docker-Content-Digest", out var told) && told.First() is { Length: > 0 } digest)
            return digest;
        // It need not say: the digest is that of the bytes.
        if (answer.Content.Headers.ContentLength > LongestManifest)
            throw FairleadException.Unavailable($"The manifest of '{image}' has {answer.Content.Headers.ContentLength} bytes; {LongestManifest} are read at most.");
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
    }

    private async Task<AuthenticationHeaderValue> AuthorizeAsync(HttpResponseMessage refusal, ImageName image, string? credentials, bool isPlain, CancellationToken cancellationToken)
    {
        var basic = credentials is null ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        foreach (var challenge in refusal.Headers.WwwAuthenticate)
        {
            if (challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && basic is not null)
                return basic;
            if (challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
                return new AuthenticationHeaderValue("Bearer", await TokenAsync(challenge.Parameter ?? "", image, basic, isPlain, cancellationToken).ConfigureAwait(false));
        }

        throw new FairleadException(ProblemKind.Unauthenticated, $"The registry '{image.Registry}' wants to know who asks for '{image}'; give it credentials, by 'credentials'.");
    }

    private async Task<string> TokenAsync(string challenge, ImageName image, AuthenticationHeaderValue? basic, bool isPlain, CancellationToken cancellationToken)
    {
        var parameters = Parameter().Matches(challenge).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.OrdinalIgnoreCase);
        // Never to a place without encryption, unless the registry itself is one.
        if (!parameters.TryGetValue("realm", out var realm) || !Uri.TryCreate(realm, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (isPlain && url.Scheme == Uri.UriSchemeHttp)))
            throw FairleadException.Unavailable($"The registry '{image.Registry}' says no place where a token is given ('{realm}').");
        var query = $"scope={Uri.EscapeDataString($"repository:{image.Repository}:pull")}{(parameters.TryGetValue("service", out var service) ? $"&service={Uri.EscapeDataString(service)}" : "")}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query[1..]}&{query}" : query }.Uri);
        request.Headers.Authorization = basic;
        using var answer = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new FairleadException(ProblemKind.Unauthenticated, $"'{url.Host}' gives no token for '{image}'; correct the credentials.");
        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        return (document.RootElement.TryGetProperty("token", out var token) || document.RootElement.TryGetProperty("access_token", out token)) && token.ValueKind == JsonValueKind.String
            ? token.GetString()!
            : throw FairleadException.Unavailable($"'{url.Host}' gives no token for '{image}'.");
    }

    [GeneratedRegex("""(?<name>[A-Za-z]+)="(?<value>[^"]*)"?""", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();
}
