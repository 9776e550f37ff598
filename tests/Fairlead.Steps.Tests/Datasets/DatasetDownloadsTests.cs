using System.Text;
using Fairlead.Artifacts;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Datasets.Downloading;
using Fairlead.Steps.Tests.Support;
using Fairlead.Testing;

namespace Fairlead.Steps.Tests.Datasets;

public sealed class DatasetDownloadsTests : IDisposable
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},x\n")));
    private readonly TempFolder folder = new();
    private readonly LocalArtifactStore store;

    public DatasetDownloadsTests() => store = LocalArtifactStore.Open(State.Store, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private StateFolder State => new(folder.Path);

    private string Part => Path.Combine(State.Downloads, Digest.Of(Content).Hex);

    [Fact]
    public async Task Fetch_Data_IsFetchedOnce()
    {
        await using var server = new DataServer((_, _) => DataServer.Answer("200 OK", Content));

        Assert.Equal(Digest.Of(Content), (await FetchAsync(server.Url)).Digest);
        Assert.Equal(Content.Length, (await FetchAsync(server.Url)).Size);

        Assert.Single(server.Requests);
        Assert.False(File.Exists(Part));
    }

    [Fact]
    public async Task Fetch_ThatIsCutOff_GoesOnFromThere()
    {
        await using var server = new DataServer((_, number) => number == 1
            ? DataServer.Answer("200 OK", Content[..10_000], Content.Length)
            : DataServer.Answer("206 Partial Content", Content[10_000..], headers: $"Content-Range: bytes 10000-{Content.Length - 1}/{Content.Length}\r\n"));

        Assert.Equal(Digest.Of(Content), (await FetchAsync(server.Url)).Digest);

        Assert.Contains("Range: bytes=10000-", server.Requests[1]);
    }

    [Fact]
    public async Task Fetch_FromAServerThatKnowsNoRanges_BeginsAgain()
    {
        await using var server = new DataServer((_, number) => DataServer.Answer("200 OK", number == 1 ? Content[..10_000] : Content, Content.Length));

        Assert.Equal(Digest.Of(Content), (await FetchAsync(server.Url)).Digest);
    }

    [Fact]
    public async Task Fetch_AfterARedirectAndFailures_Succeeds()
    {
        await using var target = new DataServer((_, number) => number < 3 ? DataServer.Answer("500 Oops", []) : DataServer.Answer("200 OK", Content));
        await using var server = new DataServer((_, _) => DataServer.Answer("302 Found", [], headers: $"Location: {target.Url}\r\n"));

        Assert.Equal(Digest.Of(Content), (await FetchAsync(server.Url)).Digest);
    }

    [Fact]
    public async Task Fetch_OtherData_NamesBothDigestsAndKeepsNothing()
    {
        await using var server = new DataServer((_, _) => DataServer.Answer("200 OK", [.. Content, 1]));

        var problem = await FailAsync(server.Url);

        Assert.Equal(ProblemKind.Failed, problem.Kind);
        Assert.Contains(Digest.Of(Content).ToString(), problem.Message);
        Assert.Contains(Digest.Of([.. Content, 1]).ToString(), problem.Message);
        Assert.False(File.Exists(Part));
    }

    [Theory]
    [InlineData("404 Not Found", ProblemKind.Failed, 1)]
    [InlineData("503 Busy", ProblemKind.Unavailable, 5)]
    public async Task Fetch_Refused_SaysWhatTheServerAnswered(string status, ProblemKind kind, int requests)
    {
        await using var server = new DataServer((_, _) => DataServer.Answer(status, []));

        var problem = await FailAsync(server.Url);

        Assert.Equal(kind, problem.Kind);
        Assert.Contains($"answered {status[..3]}", problem.Message);
        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    public async Task Fetch_RedirectedToAFile_Fails()
    {
        await using var server = new DataServer((_, _) => DataServer.Answer("302 Found", [], headers: "Location: file:///etc/passwd\r\n"));

        Assert.Equal(ProblemKind.Failed, (await FailAsync(server.Url)).Kind);
    }

    [Fact]
    public async Task Fetch_OfAUrlWithAPassword_SendsItAndTellsNobody()
    {
        await using var server = new DataServer((_, _) => DataServer.Answer("401 Who", []));

        var problem = await FailAsync(server.Url.Replace("127.0.0.1", "ann:secret@127.0.0.1", StringComparison.Ordinal));

        Assert.DoesNotContain("secret", problem.Message);
        Assert.Contains($"Authorization: Basic {Convert.ToBase64String("ann:secret"u8)}", server.Requests[0]);
    }

    [Fact]
    public async Task Fetch_WithoutAServer_NamesTheUrl()
    {
        string url;
        await using (var server = new DataServer((_, _) => []))
            url = server.Url;

        var problem = await FailAsync(url);

        Assert.Equal(ProblemKind.Unavailable, problem.Kind);
        Assert.Contains(url, problem.Message);
    }

    [Fact]
    public async Task Fetch_FromAServerThatAcceptsAndStaysSilent_EndsAndSaysSo()
    {
        await using var server = new DataServer((_, _) => [], _ => true);

        var problem = await Assert.ThrowsAsync<FairleadException>(() => FetchAsync(server.Url, new HastyTime()));

        Assert.Equal(ProblemKind.Unavailable, problem.Kind);
        Assert.Equal($"Nothing came from '{server.Url}' for 60 s, where the dataset 'rows' is; try again, and what was fetched is kept.", problem.Message);
        Assert.Equal(5, server.Requests.Count);
        Assert.Equal(0, new FileInfo(Part).Length);
    }

    [Fact]
    public async Task Fetch_FromAServerThatFallsSilentInTheMiddle_KeepsWhatCameAndGoesOnFromThere()
    {
        var isBetter = false;
        await using var server = new DataServer(
            (head, number) => isBetter ? Rest(head) : number == 1 ? DataServer.Answer("200 OK", Content[..10_000], Content.Length) : [],
            _ => !isBetter);

        var problem = await Assert.ThrowsAsync<FairleadException>(() => FetchAsync(server.Url, new HastyTime()));
        Assert.Contains("what was fetched is kept", problem.Message);
        Assert.Equal(Content[..(int)new FileInfo(Part).Length], File.ReadAllBytes(Part));
        Assert.InRange(new FileInfo(Part).Length, 1, 10_000);

        isBetter = true;
        Assert.Equal(Digest.Of(Content), (await FetchAsync(server.Url, new HastyTime())).Digest);
        Assert.DoesNotContain("Range:", server.Requests[0]);
        Assert.All(server.Requests.Skip(1), request => Assert.Contains("Range: bytes=", request));
        Assert.False(File.Exists(Part));

        static byte[] Rest(string head)
        {
            var at = head.IndexOf("bytes=", StringComparison.Ordinal) + 6;
            var from = int.Parse(head.AsSpan(at, head.IndexOf('-', at) - at), System.Globalization.CultureInfo.InvariantCulture);
            return DataServer.Answer("206 Partial Content", Content[from..], headers: $"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length}\r\n");
        }
    }

    [Fact]
    public async Task Fetch_OntoAFullDisk_SaysSoAndFreesIt()
    {
        using var disk = SmallDisk.Mount(1);
        var big = new byte[4 << 20];
        await using var server = new DataServer((_, _) => DataServer.Answer("200 OK", big));
        var downloads = new DatasetDownloads(new StateFolder(disk.Folder), store, new EagerTime());

        var problem = await Assert.ThrowsAsync<FairleadException>(() => downloads.FetchAsync(Definition(server.Url) with { Digest = Digest.Of(big) }, Token));

        Assert.Equal(ProblemKind.Exhausted, problem.Kind);
        Assert.Empty(Directory.EnumerateFiles(new StateFolder(disk.Folder).Downloads));
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    private static DatasetDefinition Definition(string url) => new("rows") { Url = url, Digest = Digest.Of(Content) };

    private async Task<ArtifactRef> FetchAsync(string url, TimeProvider? time = null)
    {
        var downloads = new DatasetDownloads(State, store, time ?? new EagerTime());
        return downloads.Find(Definition(url)) ?? await downloads.FetchAsync(Definition(url), Token);
    }

    private Task<FairleadException> FailAsync(string url) => Assert.ThrowsAsync<FairleadException>(() => FetchAsync(url));
}
