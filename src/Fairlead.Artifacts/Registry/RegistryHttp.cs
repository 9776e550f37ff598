using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Registry;

/// <summary>
/// Requests to a registry: signed in where it wants that, redirected without telling the credentials to others, and tried again after
/// failures that pass.
/// </summary>
internal sealed class RegistryHttp : IDisposable
{
    private const int MostRedirects = 5;
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly HttpClient http;
    private readonly RegistryAuthorization authorization;
    private readonly RegistryOptions options;
    private readonly TimeProvider time;

    public RegistryHttp(RegistryOptions options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectTime, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (options.CaFile is { } file)
            handler.SslOptions = Trusting(file);
        // How long a body may take depends on its size: those who read and write it watch that it moves.
        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        authorization = new RegistryAuthorization(http, options);
    }

    public RegistryOptions Options => options;

    public void Dispose() => http.Dispose();

    /// <summary>Sends a request until it is answered with something else than a passing failure.</summary>
    /// <param name="make">Makes the request anew for each attempt.</param>
    /// <param name="isPush">What it needs: to write, else to read.</param>
    /// <returns>Headers read, the body not yet.</returns>
    /// <exception cref="FairleadException">Unavailable: it fails again and again; Unauthenticated.</exception>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, bool isPush, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? wanted = null;
            string problem;
            try
            {
                var answer = await TryAsync(make, isPush, cancellationToken).ConfigureAwait(false);
                if (!IsPassing(answer.StatusCode))
                    return answer;
                (problem, wanted) = ($"it answers {(int)answer.StatusCode}", RetryAfter(answer));
                answer.Dispose();
            }
            catch (Exception e) when (IsPassing(e, cancellationToken))
            {
                problem = e is HttpRequestException { InnerException: System.Security.Authentication.AuthenticationException inner } ? throw Untrusted(inner) : e.Message;
            }

            if (attempt >= options.Attempts)
                throw FairleadException.Unavailable($"The registry '{options.Address.Host}' cannot be used now: {problem}; try again later.");
            await PauseAsync(attempt, wanted, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One attempt, with all that signing in and redirects need.</summary>
    public async Task<HttpResponseMessage> TryAsync(Func<HttpRequestMessage> make, bool isPush, CancellationToken cancellationToken)
    {
        var scope = $"repository:{options.Address.Repository}:{(isPush ? "pull,push" : "pull")}";
        var answer = await SendOnceAsync(make(), scope, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            using var refusal = answer;
            using var limit = Limit(cancellationToken);
            await authorization.AnswerAsync(refusal, scope, limit.Token).ConfigureAwait(false);
            answer = await SendOnceAsync(make(), scope, cancellationToken).ConfigureAwait(false);
        }

        for (var hop = 0; answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect; hop++)
        {
            using var redirect = answer;
            if (hop == MostRedirects || redirect.Headers.Location is not { } location)
                throw FairleadException.Unavailable($"The registry '{options.Address.Host}' redirects '{redirect.RequestMessage!.RequestUri!.AbsolutePath}' without end; see its configuration.");
            var target = new Uri(redirect.RequestMessage!.RequestUri!, location);
            if (target.Scheme != Uri.UriSchemeHttps && !(options.Address.IsPlain && target.Scheme == Uri.UriSchemeHttp))
                throw FairleadException.Unavailable($"The registry '{options.Address.Host}' redirects to '{target.GetLeftPart(UriPartial.Authority)}', which is not encrypted; see its configuration.");
            var request = make();
            request.RequestUri = target;
            answer = await SendOnceAsync(request, scope, cancellationToken).ConfigureAwait(false);
        }

        return answer;
    }

    /// <summary>Waits before the next attempt: as long as was asked for, else longer each time.</summary>
    public Task PauseAsync(int attempt, TimeSpan? wanted, CancellationToken cancellationToken)
    {
        var pause = wanted ?? options.Pause * Math.Pow(2, Math.Min(attempt - 1, 10));
        // Not all at once, where many wait for the same.
        var spread = wanted is null ? 0.75 + (RandomNumberGenerator.GetInt32(500) / 1000.0) : 1;
        return Task.Delay(TimeSpan.FromTicks(Math.Min((pause * spread).Ticks, LongestPause.Ticks)), time, cancellationToken);
    }

    /// <summary>Ends what stands still for longer than one has patience.</summary>
    public CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Patience);
        return limit;
    }

    /// <summary>True when the same may succeed a moment later.</summary>
    public static bool IsPassing(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private TimeSpan? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
            _ => null,
        };

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, string scope, CancellationToken cancellationToken)
    {
        using (request)
        {
            // The registry itself, and nobody that it sends us to.
            if (request.RequestUri!.Authority == options.Address.Root.Authority && request.RequestUri.Scheme == options.Address.Root.Scheme)
                request.Headers.Authorization = authorization.For(scope);
            using var limit = request.Content is null ? Limit(cancellationToken) : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        }
    }

    private FairleadException Untrusted(Exception e) =>
        FairleadException.Unavailable($"The certificate of the registry '{options.Address.Host}' is not trusted ({e.Message}); name the file of its authority by 'store: {{ ca-file: … }}'.", e);

    private static SslClientAuthenticationOptions Trusting(string file)
    {
        var trusted = new X509Certificate2Collection();
        try
        {
            trusted.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new FairleadException(ProblemKind.Invalid, $"The certificates in '{file}' cannot be read: {e.Message}", e);
        }

        if (trusted.Count == 0)
            throw FairleadException.Invalid($"The file '{file}' holds no certificate; name a PEM file.");
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(trusted);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}
