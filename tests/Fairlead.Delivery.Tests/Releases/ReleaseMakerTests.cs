using Fairlead.Delivery.Releases;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Services;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Delivery.Tests.Releases;

public sealed class ReleaseMakerTests : IDisposable
{
    private readonly FolderStore store = new();
    private readonly FakeWorkspace workspace = new(Samples.Project(["late", "fast"], "prod"));
    private readonly FakeCurrentRuns runs = new();
    private readonly FakeModels models = new();
    private readonly FakeReleaseCatalog releases = new();
    private readonly FakeCode code = new();
    private readonly FakeContracts contracts = new();
    private readonly ReleaseMaker maker;

    public ReleaseMakerTests() =>
        maker = new ReleaseMaker(workspace, runs, store, code, models, new FakeChains(), contracts, contracts, models, releases, new ManualTime(), NullLogger<ReleaseMaker>.Instance);

    public void Dispose()
    {
        maker.Dispose();
        store.Dispose();
    }

    [Fact]
    public async Task Make_FromCurrentRuns_BundlesServicesWithTheirModels()
    {
        await TrainAsync(1, "model of late", "model of fast");

        var made = await maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None);

        Assert.True(made.IsNew);
        Assert.Equal("v001", made.Release.Name.ToString());
        Assert.Equal(["late=late@1", "fast=fast@1"], made.Release.Services.Select(service => $"{service.Name}={service.Label}"));
        Assert.All(made.Release.Services, service => Assert.Equal(Samples.Signature, service.Signature));
        Assert.Equal("train-1", made.Release.Services[0].Model!.Run.ToString());
        Assert.Equal("project: sample"u8.ToArray(), await store.ReadAsync(made.Release.ProjectFile.Digest, CancellationToken.None));
        Assert.Equal(Samples.Commit, made.Release.Commit);
        Assert.Equal("ada", made.Release.CreatedBy);
    }

    [Fact]
    public async Task Make_Always_NamesTheReleaseAndItsModelsInTheStore()
    {
        await TrainAsync(1, "model of late", "model of fast");
        var made = await maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None);

        Assert.Equal(["model/fast@1", "model/late@1", "release/v001"], store.Names.Keys.Order(StringComparer.Ordinal));
        var (artifact, annotations) = store.Names["release/v001"];
        Assert.Equal(made.Release.ProjectFile, artifact);
        Assert.Equal(Samples.Commit.Commit, annotations["org.opencontainers.image.revision"]);
        Assert.Equal("late=late@1 fast=fast@1", annotations["fairlead.services"]);
        Assert.False(annotations.ContainsKey("fairlead.dirty"));

        // As after a crash between the record and the names.
        store.Names.Clear();
        Assert.False((await maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None)).IsNew);
        Assert.Contains("release/v001", store.Names.Keys);
    }

    [Fact]
    public async Task Make_OfADirtyTree_SaysSo()
    {
        await TrainAsync(1, "model of late", "model of fast");
        var dirty = Digest.Of("changes"u8);
        workspace.Snapshot = workspace.Snapshot with { Commit = Samples.Commit with { DirtyDigest = dirty } };

        var made = await maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None);

        Assert.True(made.Release.Commit.IsDirty);
        Assert.Equal(dirty.ToString(), store.Names["release/v001"].Annotations["fairlead.dirty"]);
    }

    [Fact]
    public async Task Make_TwiceOfTheSame_ReturnsTheFirst()
    {
        await TrainAsync(1, "model of late", "model of fast");
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None))));

        Assert.Single(made, release => release.IsNew);
        Assert.Single(await releases.ListAsync(10, CancellationToken.None));
    }

    [Theory]
    [InlineData("model")]
    [InlineData("commit")]
    [InlineData("dirty")]
    [InlineData("file")]
    [InlineData("durability")]
    public async Task Make_AfterAChange_IsAnotherRelease(string what)
    {
        await TrainAsync(1, "model of late", "model of fast");
        await maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None);
        var snapshot = workspace.Snapshot;
        switch (what)
        {
            case "model":
                await TrainAsync(2, "model of late, better", "model of fast");
                break;
            case "commit":
                workspace.Snapshot = snapshot with { Commit = Samples.Commit with { Commit = new string('f', 40) } };
                break;
            case "dirty":
                workspace.Snapshot = snapshot with { Commit = Samples.Commit with { DirtyDigest = Digest.Of("x"u8) } };
                break;
            case "file":
                workspace.Snapshot = snapshot with { FileText = "project: sample # changed" };
                break;
            default:
                var services = snapshot.Project.Services.Select(service => service with { Durability = CaptureDurability.Acknowledged });
                workspace.Snapshot = snapshot with { Project = snapshot.Project with { Services = [.. services] } };
                break;
        }

        var made = await maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None);

        Assert.True(made.IsNew);
        Assert.Equal(2, made.Release.Name.Number);
    }

    [Fact]
    public async Task Make_WithoutServices_SaysHowToAddOne()
    {
        workspace.Snapshot = Samples.Project([], "prod");

        var e = await Assert.ThrowsAsync<FairleadException>(() => maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None));

        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains("services:", e.Message);
    }

    [Fact]
    public async Task Make_BeforeTheStepRan_PassesTheReasonOn()
    {
        var e = await Assert.ThrowsAsync<FairleadException>(() => maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None));

        Assert.Equal(ProblemKind.Conflict, e.Kind);
        Assert.Contains("'train'", e.Message);
    }

    [Fact]
    public async Task Make_OfACorruptModel_NamesModelRunAndReasonAndRecordsNothing()
    {
        await TrainAsync(3, "model of late", "no such thing");

        var e = await Assert.ThrowsAsync<FairleadException>(() => maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None));

        Assert.Equal(ProblemKind.Failed, e.Kind);
        Assert.Equal(
            "The model 'fast' from the run 'train-3' cannot be served: Protobuf parsing failed; mend the step 'train' and run 'fairlead run'.", e.Message);
        Assert.Empty(await releases.ListAsync(10, CancellationToken.None));
        Assert.Empty(await models.ListAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task Make_OfABlobAlteredOnDisk_IsDamaged()
    {
        await TrainAsync(1, "model of late", "model of fast");
        await File.WriteAllTextAsync(store.PathOf(runs.Runs["train"].Outputs[0].Artifact.Digest), "model of hate");

        var e = await Assert.ThrowsAsync<FairleadException>(() => maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None));

        Assert.Equal(ProblemKind.Damaged, e.Kind);
        Assert.Contains("'late'", e.Message);
    }

    [Fact]
    public async Task Make_OfAModelThatIsAFolder_SaysWhatToDo()
    {
        await TrainAsync(1, "model of late", "model of fast");
        var run = runs.Runs["train"];
        runs.Runs["train"] = run with { Outputs = [.. run.Outputs.Select(output => output with { Artifact = output.Artifact with { Kind = ArtifactKind.Tree } })] };

        var e = await Assert.ThrowsAsync<FairleadException>(() => maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None));

        Assert.Equal(ProblemKind.Failed, e.Kind);
        Assert.Contains("'late.onnx'", e.Message);
    }

    private async Task TrainAsync(int number, string late, string fast) => runs.Runs["train"] = new Run
    {
        Id = new RunId("train", number),
        Key = Digest.Of([(byte)number]),
        KeyParts = [],
        Status = RunStatus.Succeeded,
        Commit = Samples.Commit,
        Command = "python3 train.py",
        Parameters = new Dictionary<string, System.Text.Json.JsonElement>(),
        Inputs = [],
        Outputs = [new RunOutput("late.onnx", await PutAsync(late)), new RunOutput("fast.onnx", await PutAsync(fast))],
        StartedAt = Samples.Start,
        Machine = "here",
        StartedBy = "ada",
        Sandbox = "plain",
    };

    [Fact]
    public async Task Make_CommandAndChain_CarryCodeContractAndTransforms()
    {
        await TrainAsync(1, "model of late", "model of fast");
        AddService(new ServiceDefinition { Name = "briefing", Command = new CommandDefinition { Command = "python3 server.py", Code = ["service"], Protocol = ServiceProtocol.Grpc, Contract = "briefing.proto" } });
        AddService(new ServiceDefinition { Name = "ranked", Chain = new ChainDefinition([], [new ChainStage("late", null), new ChainStage(null, "join.sql")]) });
        code.Files["service"] = "print()";
        code.Files["join.sql"] = "select * from input";
        contracts.Files["briefing.proto"] = "Write";

        var services = (await maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None)).Release.Services.ToDictionary(service => service.Name);

        Assert.Equal(ArtifactKind.Tree, services["briefing"].Command!.Code.Kind);
        Assert.Equal("Write", System.Text.Encoding.UTF8.GetString(await store.ReadAsync(services["briefing"].Command!.Contract!.Descriptors.Digest, CancellationToken.None)));
        Assert.Equal("select * from input", services["ranked"].Chain!.Stages[1].Sql);
        Assert.Equal("late@1", services["ranked"].Label);
    }

    [Fact]
    public async Task Make_CodeThatIsNotThere_NamesIt()
    {
        await TrainAsync(1, "model of late", "model of fast");
        AddService(new ServiceDefinition { Name = "briefing", Command = new CommandDefinition { Command = "x", Code = ["service"] } });
        var e = await Assert.ThrowsAsync<FairleadException>(() => maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None));
        Assert.Equal("Service 'briefing' names 'service', which does not exist.", e.Message);
    }

    [Fact]
    public async Task Make_CaptureOfFieldsThatThereAreNot_NamesEachWithTheNearest()
    {
        await TrainAsync(1, "model of late", "model of fast");
        AddService(new ServiceDefinition { Name = "wrong", Model = "late", Capture = new CapturePolicy { Redact = ["x", "unti"], Hash = ["elsewhere"] } });
        AddService(new ServiceDefinition { Name = "free", Command = new CommandDefinition { Command = "x", Code = ["service"] }, Capture = new CapturePolicy { Redact = ["user.name"] } });
        code.Files["service"] = "print()";

        var e = await Assert.ThrowsAsync<FairleadException>(() => maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None));

        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Equal(
            "Service 'wrong' redacts 'unti', which is no input or output of it; did you mean 'unit'?\nService 'wrong' hashes 'elsewhere', which is no input or output of it; known: unit, x, y",
            e.Message);
    }

    [Fact]
    public async Task Make_WithACapturePolicy_CarriesIt()
    {
        await TrainAsync(1, "model of late", "model of fast");
        var policy = new CapturePolicy { Sample = 0.5, Redact = ["x"], Hash = ["unit"], Retention = TimeSpan.FromDays(90), MaxBody = 1024 };
        AddService(new ServiceDefinition { Name = "kept", Model = "late", Capture = policy });

        var made = await maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None);

        Assert.Same(policy, made.Release.Services.Single(service => service.Name == "kept").Capture);
    }

    [Fact]
    public async Task Make_ContractThatBreaksItsClients_IsRefusedUnlessToldSo()
    {
        await TrainAsync(1, "model of late", "model of fast");
        AddService(new ServiceDefinition { Name = "briefing", Command = new CommandDefinition { Command = "x", Protocol = ServiceProtocol.Grpc, Contract = "briefing.proto" } });
        contracts.Files["briefing.proto"] = "Write\nRead";
        await maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None);
        contracts.Files["briefing.proto"] = "Read\nAsk";
        workspace.Snapshot = workspace.Snapshot with { Commit = Samples.Commit with { Commit = new string('f', 40) } };

        var report = Assert.Single(await maker.CheckContractsAsync(CancellationToken.None));
        Assert.Equal(("briefing", "v001", 1), (report.Service, report.Released.ToString(), report.Changes.Count));
        var e = await Assert.ThrowsAsync<FairleadException>(() => maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None));
        Assert.Equal(ProblemKind.Conflict, e.Kind);
        Assert.Equal("Service 'briefing' breaks the clients of release v001: Method 'Write' was removed.\nMend the contract, or release it as it is with 'fairlead release --break-contract'.", e.Message);
        Assert.Single(await releases.ListAsync(10, CancellationToken.None));

        var broken = await maker.MakeAsync("ada", mayBreakContracts: true, CancellationToken.None);
        Assert.Equal("v002", broken.Release.Name.ToString());
    }

    [Fact]
    public async Task Make_ContractOfAServiceThatSpeaksHttp_IsRefused()
    {
        await TrainAsync(1, "model of late", "model of fast");
        AddService(new ServiceDefinition { Name = "page", Command = new CommandDefinition { Command = "x", Contract = "briefing.proto" } });
        var e = await Assert.ThrowsAsync<FairleadException>(() => maker.MakeAsync("ada", mayBreakContracts: false, CancellationToken.None));
        Assert.Equal("Service 'page' has the contract 'briefing.proto', and speaks http; set 'protocol: grpc', or remove the contract.", e.Message);
    }

    private void AddService(ServiceDefinition service)
    {
        var project = workspace.Snapshot.Project;
        workspace.Snapshot = workspace.Snapshot with { Project = project with { Services = [.. project.Services, service] } };
    }

    private Task<ArtifactRef> PutAsync(string content) => store.PutBytesAsync(System.Text.Encoding.UTF8.GetBytes(content), CancellationToken.None);
}
