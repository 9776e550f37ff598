using System.Collections.Concurrent;
using System.Text;
using Fairlead.Testing;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>kill -9 of the host while requests flow: what was answered is in the log, once.</summary>
public sealed class KilledHostTests
{
    private const int Senders = 8;
    private const int RequestsPerKill = 1_000;

    /// <summary>Before a request is sent again: those who wait leave the processor to the host that starts.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    [Theory]
    [InlineData("relaxed", 1)]
    [InlineData("acknowledged", 5)]
    public async Task Host_KilledInTheMiddleOfRequests_LosesNoAnsweredPredictionAndDuplicatesNone(string durability, int slice)
    {
        var kills = Campaign.Rounds(slice, whole: 100);
        var requests = RequestsPerKill * kills;
        await using var project = TempProject.Churn();
        project.Replace("fairlead.yaml", "model: churn", $"model: churn, capture: {{ durability: {durability} }}");
        project.Commit("Durability");
        await project.UpAsync();
        await project.DeployAsync("prod");
        var answered = new ConcurrentBag<string>();
        var random = new Random(20010131);
        var moments = Enumerable.Range(0, kills).Select(kill => (RequestsPerKill * kill) + random.Next(200, 800)).ToHashSet();

        using var http = new HttpClient { BaseAddress = project.HostUrl };
        var sent = 0;
        var killed = 0;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(SendAsync, TestContext.Current.CancellationToken)));

        Assert.Equal(kills, killed);
        Assert.True(answered.Count > requests / 2, $"only {answered.Count} were answered");
        var rows = (await project.MustAsync("query", "select id from predictions", "--limit", "1000000", "--format", "json")).Json;
        var logged = rows.EnumerateArray().Select(row => row.GetProperty("id").GetString()!).ToList();
        Assert.Equal(logged.Count, logged.Distinct().Count());
        Assert.Empty(answered.Except(logged));

        async Task SendAsync()
        {
            while (Interlocked.Increment(ref sent) is var number && number <= requests)
            {
                if (moments.Contains(number))
                {
                    Signals.Kill(HostOf(project));
                    Interlocked.Increment(ref killed);
                }

                await SendOneAsync(http, answered);
            }
        }
    }

    /// <summary>Sends until it is answered: while the host is away the supervisor brings it back.</summary>
    private static async Task SendOneAsync(HttpClient http, ConcurrentBag<string> answered)
    {
        while (true)
        {
            try
            {
                using var content = new StringContent("""{"inputs":[{"name":"features","shape":[1,3],"datatype":"FP32","data":[3,39.0,6]}]}""", Encoding.UTF8, "application/json");
                using var response = await http.PostAsync("environments/prod/v2/models/churn/infer", content, TestContext.Current.CancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    answered.Add(response.Headers.GetValues("fairlead-prediction").Single());
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Killed in the middle: the request has no answer, so that it may or may not be in the log.
                await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    private static int HostOf(TempProject project)
    {
        using var record = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project.Root, ".fairlead", "host", "host.json")));
        return record.RootElement.GetProperty("pid").GetInt32();
    }
}
