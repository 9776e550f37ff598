using System.Net;
using System.Net.Http.Headers;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Registry;

/// <summary>One repository of an OCI registry: blobs by digest, manifests by tag.</summary>
internal sealed class RegistryClient(RegistryOptions options, TimeProvider time) : IDisposable
{
    private const int LongestManifest = 4 << 20;
    private static readonly string[] OwnKind = [Names.OciManifest.MediaType];
    private static readonly string[] ManifestKinds =
    [
        "application/vnd.oci.image.index.v1+json", Names.OciManifest.MediaType,
        "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json",
    ];

    private readonly RegistryHttp http = new(options, time);

    public RegistryOptions Options => options;

    public void Dispose() => http.Dispose();

    /// <summary>The size of a blob; null when the registry lacks it.</summary>
    public async Task<long?> FindBlobAsync(Digest digest, CancellationToken cancellationToken)
    {
        using var answer = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Head, Place($"blobs/{digest}")), isPush: false, cancellationToken).ConfigureAwait(false);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => answer.Content.Headers.ContentLength ?? -1,
            HttpStatusCode.NotFound => null,
            _ => throw await RegistryProblem.OfAsync(answer, options.Address, $"the blob '{digest}'", cancellationToken).ConfigureAwait(false),
        };
    }

    public Task UploadAsync(UploadSource source, Action<long> moved, CancellationToken cancellationToken) =>
        new RegistryUpload(http, source, moved).RunAsync(cancellationToken);

    /// <param name="path">The file to fill; what it holds already is not fetched again.</param>
    public Task DownloadAsync(Digest digest, long size, string path, Action<long> moved, CancellationToken cancellationToken) =>
        new RegistryDownload(http, digest, size, moved).RunAsync(path, cancellationToken);

    /// <returns>Null when there is no such tag.</returns>
    public async Task<byte[]?> FindManifestAsync(string tag, CancellationToken cancellationToken)
    {
        using var answer = await http.SendAsync(() => Manifest(HttpMethod.Get, tag, OwnKind), isPush: false, cancellationToken).ConfigureAwait(false);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => await RegistryBody.ReadAsync(answer, LongestManifest, cancellationToken).ConfigureAwait(false),
            HttpStatusCode.NotFound => null,
            _ => throw await RegistryProblem.OfAsync(answer, options.Address, $"'{tag}'", cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>What a tag stands for, of whatever kind its manifest is.</summary>
    /// <returns>Null when there is no such tag.</returns>
    public async Task<string?> FindDigestAsync(string tag, CancellationToken cancellationToken)
    {
        using var answer = await http.SendAsync(() => Manifest(HttpMethod.Get, tag, ManifestKinds), isPush: false, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        if (answer.StatusCode != HttpStatusCode.OK)
            throw await RegistryProblem.OfAsync(answer, options.Address, $"'{tag}'", cancellationToken).ConfigureAwait(false);
        if (answer.Headers.TryGetValues("Docker-Content-Digest", out var told) && told.First() is { Length: > 0 } digest)
            return digest;
        // It need not say: the digest is that of the bytes.
        return Digest.Of(await RegistryBody.ReadAsync(answer, LongestManifest, cancellationToken).ConfigureAwait(false)).ToString();
    }

    public async Task<bool> HasManifestAsync(string tag, CancellationToken cancellationToken)
    {
        using var answer = await http.SendAsync(() => Manifest(HttpMethod.Head, tag, OwnKind), isPush: false, cancellationToken).ConfigureAwait(false);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    /// <exception cref="FairleadException">Failed: the registry refuses it.</exception>
    public async Task PutManifestAsync(string tag, byte[] manifest, string mediaType, CancellationToken cancellationToken)
    {
        using var answer = await http.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Put, Place($"manifests/{tag}")) { Content = new ByteArrayContent(manifest) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
                return request;
            },
            isPush: true,
            cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.Accepted))
            throw await RegistryProblem.OfAsync(answer, options.Address, $"the manifest '{tag}'", cancellationToken).ConfigureAwait(false);
    }

    private HttpRequestMessage Manifest(HttpMethod method, string tag, IEnumerable<string> kinds)
    {
        var request = new HttpRequestMessage(method, Place($"manifests/{Uri.EscapeDataString(tag)}"));
        foreach (var kind in kinds)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(kind));
        return request;
    }

    private Uri Place(string rest) => new(options.Address.Root, $"{options.Address.Repository}/{rest}");
}
