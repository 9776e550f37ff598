using System.Collections.Concurrent;
using System.Net;
using Fairlead.Grpc.Client;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Serving.Tests.Rpc;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Clients that call without end and check each answer at once: that it is right, and that whoever gave it could be meant.</summary>
internal sealed class SwitchLoad(TestHost host, SwitchHistory history) : IDisposable
{
    private const int AnswersPerSwitch = 20;
    private readonly GrpcChannel channel = host.Channel();
    private volatile bool isDone;
    private Task clients = Task.CompletedTask;

    /// <summary>Who gave which prediction.</summary>
    public ConcurrentDictionary<string, string> Answers { get; } = new();

    public Task Start() => clients = Task.WhenAll(
    [
        Task.Run(() => RunAsync(n => InferAsync($"unit-{n % 50}"))),
        Task.Run(() => RunAsync(_ => InferAsync(unit: null))),
        Task.Run(() => RunAsync(n => CallModelAsync($"unit-{n % 50}"))),
        Task.Run(() => RunAsync(n => CallCommandAsync(n % 2 == 0 ? null : $"unit-{n % 50}"))),
    ]);

    public void Stop() => isDone = true;

    /// <summary>Waits until the clients have had their share of answers since the start; ends with the clients when one of them fails.</summary>
    public async Task AnsweredAsync(int switches)
    {
        while (Answers.Count < switches * AnswersPerSwitch)
        {
            if (clients.IsCompleted)
                await clients;
            await Task.Yield();
        }
    }

    public void Dispose() => channel.Dispose();

    private async Task RunAsync(Func<int, Task> call)
    {
        for (var n = 0; !isDone; n++)
            await call(n);
    }

    private async Task InferAsync(string? unit)
    {
        var since = history.Applied;
        using var answer = await host.InferAsync(5, 2, Headers(unit));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var group = Note(answer, since, "score", unit);
        Assert.Equal(Expected(group), TestHost.ValueOf(await TestHost.JsonAsync(answer)));
    }

    private async Task CallModelAsync(string unit)
    {
        var since = history.Applied;
        var options = new GrpcCallOptions { Metadata = [new("fairlead-unit", unit)] };
        var answer = await channel.UnaryAsync(InferCall.Infer, InferCall.Request(5, 2), ModelInferResponse.Parser, options, TestContext.Current.CancellationToken);
        var group = answer.Parameters["server_group"].StringParam;
        Note(answer.Parameters["prediction_id"].StringParam, group, since, "score", unit);
        Assert.Equal(Expected(group), InferCall.Value(answer));
    }

    private async Task CallCommandAsync(string? unit)
    {
        var since = history.Applied;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/services/echo/");
        foreach (var (name, value) in Headers(unit))
            request.Headers.Add(name, value);
        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {body}");
        Assert.Equal(Note(answer, since, "echo", unit), body);
    }

    private string Note(HttpResponseMessage answer, int since, string service, string? unit)
    {
        var group = answer.Headers.GetValues("fairlead-server-group").Single();
        Note(answer.Headers.GetValues("fairlead-prediction").Single(), group, since, service, unit);
        return group;
    }

    private void Note(string prediction, string group, int since, string service, string? unit)
    {
        Assert.True(Answers.TryAdd(prediction, group), $"Two answers are prediction '{prediction}'.");
        Assert.True(history.LeadsTo(group, service, since, unit), $"'{group}' answered for '{unit}', and no state since {since} leads there.");
    }

    /// <summary>The number of a group is that of its model.</summary>
    private static float Expected(string group) => 7 + (ShiftedModels.Step * (group[^1] - '0'));

    private static (string, string)[] Headers(string? unit) => unit is null ? [] : [("fairlead-unit", unit)];
}
