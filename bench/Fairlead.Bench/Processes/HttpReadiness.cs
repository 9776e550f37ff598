namespace Fairlead.Bench.Processes;

/// <summary>Servers that say nothing when they listen: the first answer does.</summary>
internal static class HttpReadiness
{
    private const int Attempts = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <exception cref="BenchException">It does not answer in ten seconds.</exception>
    public static async Task WaitAsync(string name, Uri url, TimeProvider time, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(url, cancellationToken);
                answer.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException e) when (attempt == Attempts)
            {
                throw new BenchException($"{name} does not answer: {e.Message}");
            }
            catch (HttpRequestException)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
