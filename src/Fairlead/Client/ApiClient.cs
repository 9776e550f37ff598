using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Fairlead.Web.Security;

namespace Fairlead.Client;

/// <summary>Calls a control plane or a host and turns its errors back into <see cref="FairleadException"/>s.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private readonly HttpClient http;

    /// <param name="token">Null where none is needed.</param>
    /// <param name="user">Who is recorded where there are no users.</param>
    public ApiClient(Uri url, string? token, string user)
    {
        Url = url;
        http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, UseProxy = false })
        {
            BaseAddress = url,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.Add(CallerReader.ClientHeader, "cli");
        http.DefaultRequestHeaders.Add(CallerReader.UserHeader, Uri.EscapeDataString(user));
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Uri Url { get; }

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>Copies the answer as it comes, until its end or the caller's.</summary>
    public async Task CopyAsync(string path, Stream target, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        using var source = await response.Content.ReadAsStreamAsync(cancellationToken);
        await source.CopyToAsync(target, cancellationToken);
    }

    public async Task<TAnswer> PostAsync<TBody, TAnswer>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(Post(path, body, bodyType), cancellationToken);
        return await ReadAsync(response, answerType, cancellationToken);
    }

    /// <summary>Posts and reads the answer's JSON lines as they come; a line that reports an error ends in an exception.</summary>
    public async IAsyncEnumerable<JsonElement> StreamAsync<TBody>(string path, TBody body, JsonTypeInfo<TBody> bodyType, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(Post(path, body, bodyType), cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0)
                continue;
            using var document = JsonDocument.Parse(line);
            var element = document.RootElement.Clone();
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("kind", out var kind) && kind.ValueEquals("error"))
                throw ToException(element.Deserialize(WebJson.Default.ErrorLine)!.ToAnswer(), HttpStatusCode.InternalServerError);
            yield return element;
        }
    }

    public async Task<TAnswer> PutAsync<TBody, TAnswer>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body, bodyType) }, cancellationToken);
        return await ReadAsync(response, answerType, cancellationToken);
    }

    public async Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        (await SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), cancellationToken)).Dispose();

    /// <summary>Posts and copies the answer, of that content type, as it comes.</summary>
    /// <returns>Its headers.</returns>
    public async Task<HttpResponseHeaders> DownloadAsync<TBody>(string path, TBody body, JsonTypeInfo<TBody> bodyType, string contentType, Stream target, CancellationToken cancellationToken)
    {
        var request = Post(path, body, bodyType);
        request.Headers.Accept.ParseAdd(contentType);
        using var response = await SendAsync(request, cancellationToken);
        await response.Content.CopyToAsync(target, cancellationToken);
        return response.Headers;
    }

    /// <summary>Posts the bytes of a stream.</summary>
    public async Task<TAnswer> UploadAsync<TAnswer>(string path, Stream source, string contentType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(source);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, cancellationToken);
        return await ReadAsync(response, answerType, cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Post<TBody>(string path, TBody body, JsonTypeInfo<TBody> type) =>
        new(HttpMethod.Post, path) { Content = JsonContent.Create(body, type) };

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync(type, cancellationToken)
            ?? throw new JsonException($"'{response.RequestMessage?.RequestUri}' answered null.");

    private static FairleadException ToException(ErrorAnswer? error, HttpStatusCode status) =>
        new(
            error?.Kind ?? ProblemStatus.KindOf((int)status),
            error?.Error ?? $"The server answered with status {(int)status} and no reason.");

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException)
        {
            throw FairleadException.Unavailable($"Nothing answers at {Url}; start it with 'fairlead up', or see 'fairlead status'.", e);
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            throw ToException(TryReadError(body), response.StatusCode);
        }
    }

    private static ErrorAnswer? TryReadError(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, WebJson.Default.ErrorAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
