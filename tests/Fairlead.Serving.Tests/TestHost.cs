using System.Net;
using System.Text;
using System.Text.Json;
using Fairlead.Artifacts;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Models;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Grpc.Client;
using Fairlead.Inference.Tests.OnnxModels;
using Fairlead.Platforms.Local.Instances;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Serving.Tests;

/// <summary>A host of one test's own, on a free port, with a real store and the real engine.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly string root;
    private readonly bool ownsRoot;
    private readonly LocalArtifactStore store;
    private readonly Dictionary<string, ArtifactRef> artifacts = [];

    private TestHost(string? root, Func<HostOptions, HostOptions> change, bool runsPrograms, TimeProvider time, IInstancePlatform? platform)
    {
        ownsRoot = root is null;
        this.root = root ?? Directory.CreateTempSubdirectory("fairlead-host-").FullName;
        Folder = new StateFolder(this.root);
        store = LocalArtifactStore.Open(Folder.Store, TimeProvider.System);
        var options = change(new HostOptions { Port = 0, StateFolder = Folder });
        platform ??= runsPrograms ? new LocalInstancePlatform(Folder, store, TimeProvider.System, NullLoggerFactory.Instance) : null;
        Server = new HostServer(options, Runtime, Log, store, time, NullLoggerFactory.Instance, platform);
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
    }

    public StateFolder Folder { get; }

    public HostServer Server { get; }

    public CountingRuntime Runtime { get; } = new();

    public MemoryLog Log { get; } = new();

    public HttpClient Client { get; }

    /// <summary>What the states of this host say of the environments.</summary>
    public IReadOnlyList<EnvironmentDefinition> Environments { get; set; } = [new("stage"), new("prod")];

    public int Port => new Uri(Server.Report.Url).Port;

    public static byte[] Adder => TestModels.Add();

    /// <summary>The adder's signature, and another answer: <c>sum</c> is <c>a</c> minus <c>b</c>.</summary>
    public static byte[] Subtractor => new OnnxModelBuilder()
        .Input("a", OnnxType.Float, "N", 1)
        .Input("b", OnnxType.Float, "N", 1)
        .Output("sum", OnnxType.Float, "N", 1)
        .Node("Sub", ["a", "b"], ["sum"])
        .Build();

    /// <param name="root">A folder that outlives the host; a temporary one when null.</param>
    /// <param name="time">The host's clock; the system's when null.</param>
    /// <param name="platform">Where instances live, when that is not this machine.</param>
    public static async Task<TestHost> StartAsync(
        string? root = null,
        Func<HostOptions, HostOptions>? change = null,
        TimeProvider? time = null,
        bool runsPrograms = false,
        IInstancePlatform? platform = null)
    {
        var host = new TestHost(root, change ?? (options => options), runsPrograms, time ?? TimeProvider.System, platform);
        try
        {
            await host.Server.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        host.Client.BaseAddress = new Uri(host.Server.Report.Url);
        return host;
    }

    /// <summary>A host with one adder, <c>score-prod-v001</c>, that has all the traffic.</summary>
    public static async Task<TestHost> StartServingAsync(
        CaptureDurability durability = CaptureDurability.Relaxed,
        Func<HostOptions, HostOptions>? change = null,
        Func<ReleasedService, ReleasedService>? service = null)
    {
        var host = await StartAsync(change: change);
        var group = await host.GroupAsync(Adder, 1);
        var released = group.Service with { Durability = durability };
        var report = await host.ApplyAsync(1, group with { Service = service?.Invoke(released) ?? released });
        Assert.Equal(1, report.AppliedVersion);
        return host;
    }

    public static string Body(float a, float b, string id = "") =>
        $$"""{{{(id.Length > 0 ? $"\"id\":\"{id}\"," : "")}}"inputs":[{"name":"a","shape":[1,1],"datatype":"FP32","data":[{{a}}]},{"name":"b","shape":[1,1],"datatype":"FP32","data":[{{b}}]}]}""";

    public async Task<DesiredServerGroup> GroupAsync(byte[] model, int number, int weight = Weight.Whole, string environment = "prod", string service = "score")
    {
        var digest = Digest.Of(model).Hex;
        if (!artifacts.TryGetValue(digest, out var artifact))
            artifacts[digest] = artifact = await store.PutBytesAsync(model, TestContext.Current.CancellationToken);
        return new DesiredServerGroup
        {
            Name = new ServerGroupName(service, environment, number),
            Release = new ReleaseName(number),
            Service = new ReleasedService
            {
                Name = service,
                Model = new ModelVersion
                {
                    Model = service,
                    Number = number,
                    Artifact = artifact,
                    Signature = Runtime.Inspect(store.PathOf(artifact.Digest), service),
                    Run = new RunId("train", number),
                    CreatedAt = DateTimeOffset.UnixEpoch,
                },
            },
            Configuration = Digest.Of("{}"u8),
            Weight = new Weight(weight),
        };
    }

    public Task<ArtifactRef> PutAsync(string path) => store.PutAsync(path, TestContext.Current.CancellationToken);

    public string PathOf(DesiredServerGroup group) => store.PathOf(group.Service.Model!.Artifact.Digest);

    public Task<HostReport> ApplyAsync(long version, params DesiredServerGroup[] groups) =>
        Server.ApplyAsync(
            new DesiredState { Version = version, Project = "test", Environments = Environments, ServerGroups = groups },
            TestContext.Current.CancellationToken);

    /// <summary>A client of this host's gRPC, or of another port of it.</summary>
    public GrpcChannel Channel(int? port = null) => new(new Uri($"http://localhost:{port ?? Port}"), new GrpcChannelOptions { Time = TimeProvider.System });

    public async Task<HttpResponseMessage> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> InferAsync(float a, float b, params (string Name, string Value)[] headers) =>
        PostAsync("/v2/models/score/infer", Body(a, b), headers);

    public async Task<(HttpStatusCode Status, JsonElement Json)> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        return (response.StatusCode, await JsonAsync(response));
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        return json.RootElement.Clone();
    }

    /// <summary>Checks the status and returns the sentence of the error.</summary>
    public static async Task<string> ErrorAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        using (response)
        {
            var json = await JsonAsync(response);
            Assert.True(expected == response.StatusCode, $"{(int)response.StatusCode}: {json}");
            return json.GetProperty("error").GetString()!;
        }
    }

    /// <summary>The same group with another model file under it.</summary>
    public static DesiredServerGroup With(DesiredServerGroup group, ArtifactRef artifact) =>
        group with { Service = group.Service with { Model = group.Service.Model! with { Artifact = artifact } } };

    public static float ValueOf(JsonElement answer) => answer.GetProperty("outputs")[0].GetProperty("data")[0].GetSingle();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        store.Dispose();
        Runtime.Dispose();
        if (ownsRoot)
            Directory.Delete(root, recursive: true);
    }
}
