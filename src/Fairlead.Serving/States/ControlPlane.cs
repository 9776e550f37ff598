using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Serialization;

namespace Fairlead.Serving.States;

/// <summary>The control plane as the host sees it.</summary>
internal sealed class ControlPlane : IDisposable
{
    // Longer than the 25 s after which the control plane answers that there is nothing new.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly HttpClient http;

    public ControlPlane(Uri url, string? token)
    {
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) }) { BaseAddress = url, Timeout = Timeout };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Uri Url => http.BaseAddress!;

    /// <summary>The desired state as soon as it is newer than that version; null when there is none for a while.</summary>
    /// <exception cref="HttpRequestException">The control plane is away or refuses.</exception>
    /// <exception cref="JsonException">What it sent is no desired state.</exception>
    public async Task<DesiredState?> WaitAsync(long after, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri($"api/desired-state?after={after}", UriKind.Relative), cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        if (response.StatusCode == HttpStatusCode.NoContent)
            return null;
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var state = JsonSerializer.Deserialize(bytes, DomainJson.Default.DesiredState);
        return state is null or { Format: DesiredState.CurrentFormat }
            ? state
            : throw new JsonException($"The desired state has format {state.Format}, and this host reads format {DesiredState.CurrentFormat}; use the same program for both.");
    }

    /// <exception cref="HttpRequestException">The control plane is away or refuses.</exception>
    public async Task ReportAsync(HostReport report, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(report, DomainJson.Default.HostReport));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.PostAsync(new Uri("api/hosts/report", UriKind.Relative), content, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();
}
