using System.Diagnostics;
using Fairlead.Domain.Identity;
using Fairlead.Testing;

namespace Fairlead.Identity.Tests.Audit;

/// <summary>What is found out when somebody with the file in hand alters it.</summary>
public sealed class AuditDeskTests : IAsyncDisposable
{
    private readonly TestDesk desk = new();

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    [Fact]
    public async Task Verify_UntouchedLog_IsWholeAndGoesThroughEveryHeadThatItHad()
    {
        var heads = new List<AuditHead>();
        for (var i = 0; i < 20; i++)
        {
            await desk.AppendAsync($"thing.{i}");
            heads.Add(AuditHead.Parse((await desk.VerifyAsync()).Head));
        }

        foreach (var head in heads)
            Assert.True((await desk.VerifyAsync(head)).IsWhole);
        Assert.Equal(heads[^1], desk.Catalog.Audit.ReadRecordedHead());
    }

    [Theory]
    [InlineData("update audit set who = 'ben' where number = 7", 7)]
    [InlineData("update audit set what = what || '.' where number = 1", 1)]
    [InlineData("update audit set target = '' where number = 20", 20)]
    [InlineData("update audit set at = at + 1 where number = 7", 7)]
    [InlineData("update audit set phase = 'refused' where number = 7", 7)]
    [InlineData("update audit set phase = 'DONE ' where number = 7", 7)]
    [InlineData("update audit set detail = '' where number = 7", 7)]
    [InlineData("update audit set cause = 3 where number = 7", 7)]
    [InlineData("update audit set hash = zeroblob(32) where number = 7", 7)]
    [InlineData("update audit set hash = x'00' where number = 7", 7)]
    [InlineData("delete from audit where number = 7", 7)]
    [InlineData("delete from audit where number = 1", 1)]
    [InlineData("delete from audit where number <= 7", 1)]
    [InlineData("delete from audit where number = 7; update audit set number = number - 1 where number > 7", 7)]
    [InlineData("update audit set number = 1000 where number = 3; update audit set number = 3 where number = 4; update audit set number = 4 where number = 1000", 3)]
    public async Task Verify_AlteredLog_NamesTheFirstBrokenLink(string sql, long number)
    {
        for (var i = 0; i < 20; i++)
            await desk.AppendAsync($"thing.{i}");
        await desk.TamperAsync(sql);
        await desk.AppendAsync("later");
        var verdict = await desk.VerifyAsync();
        Assert.Equal(number, verdict.Break?.Number);
        Assert.Equal(number - 1, verdict.Entries);
    }

    [Fact]
    public async Task Verify_LogCutAtItsEnd_IsFoundOutForEver()
    {
        for (var i = 0; i < 20; i++)
            await desk.AppendAsync($"thing.{i}");
        await desk.TamperAsync("delete from audit where number > 15");
        Assert.Equal(16, (await desk.VerifyAsync()).Break?.Number);
        // The log grows past where it was cut; the head file is written over.
        for (var i = 0; i < 10; i++)
            await desk.AppendAsync("later");
        var verdict = await desk.VerifyAsync();
        Assert.Equal(16, verdict.Break?.Number);
        Assert.Contains("20:sha256:", verdict.Break!.Problem);
    }

    [Fact]
    public async Task Verify_LogCutWhileTheControlPlaneRuns_IsFoundOut()
    {
        for (var i = 0; i < 20; i++)
            await desk.AppendAsync($"thing.{i}");
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={desk.CatalogFile};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "drop trigger audit_is_not_removed; delete from audit where number > 15";
            command.ExecuteNonQuery();
        }

        for (var i = 0; i < 10; i++)
            await desk.AppendAsync("later");
        Assert.Equal(20, (await desk.VerifyAsync()).Break?.Number);
    }

    [Fact]
    public async Task Verify_LogWrittenAnew_IsFoundOutByTheRecordedHeadOrByOneThatWasKept()
    {
        for (var i = 0; i < 20; i++)
            await desk.AppendAsync($"thing.{i}");
        var kept = AuditHead.Parse((await desk.VerifyAsync()).Head);
        await desk.TamperAsync(Rewritten(await desk.Catalog.Audit.ReadAsync(0, 100, CancellationToken.None)));
        var verdict = await desk.VerifyAsync();
        Assert.NotNull(verdict.Break);

        // Who has the head file as well is found out by who kept a head elsewhere.
        Assert.Equal(20, (await desk.VerifyAsync(kept)).Break?.Number);
    }

    [Fact]
    public async Task Verify_WithoutAHeadFile_SaysThatThereIsNone()
    {
        await desk.AppendAsync("one");
        File.Delete(desk.HeadFile);
        var verdict = await desk.VerifyAsync();
        Assert.True(verdict.IsWhole);
        Assert.Null(verdict.RecordedHead);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("5:sha256:zz")]
    public async Task Open_HeadFileThatCannotBeRead_IsWrittenAnew(string content)
    {
        await desk.AppendAsync("one");
        await desk.TamperAsync("select 1", () => File.WriteAllText(desk.HeadFile, content));
        Assert.Equal((await desk.VerifyAsync()).Head, desk.Catalog.Audit.ReadRecordedHead()?.ToString());
    }

    [Fact]
    public async Task Append_HostileText_IsOneCleanLineAndReadsBackAsItWasHashed()
    {
        var random = new Random(7);
        var hostile = new List<string> { "\n", "a\r\nb", "\0", "\u001b[31mred", "\u202Eevil", "\ud800", "x\udfff", new string('x', 100_000), "日本語", "🙂", "\u2028", "'; drop table audit; --" };
        for (var i = 0; i < Campaign.Rounds(300, 5000); i++)
            hostile.Add(new string([.. Enumerable.Range(0, random.Next(1, 700)).Select(_ => (char)random.Next(0, 0x10000))]));
        foreach (var text in hostile)
            await desk.Catalog.Audit.AppendAsync(new AuditDraft { Who = text, Via = text, What = text, Target = text, Detail = text }, CancellationToken.None);
        Assert.True((await desk.VerifyAsync()).IsWhole);
        var entries = await desk.Catalog.Audit.ReadAsync(0, int.MaxValue, CancellationToken.None);
        Assert.Equal(hostile.Count, entries.Count);
        Assert.All(entries, entry => Assert.DoesNotContain(entry.Who + entry.Detail, c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202E'));
        Assert.All(entries, entry => Assert.True(entry.Target.Length <= 512 && entry.Who.Length <= 128));
    }

    [Fact]
    public async Task Append_ByEightAtOnce_LeavesNoGap()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
                await desk.AppendAsync($"thing.{i}", $"writer{writer}");
        })));
        var verdict = await desk.VerifyAsync();
        Assert.Equal((true, 1600L), (verdict.IsWhole, verdict.Entries));
        Assert.Equal(200, (await desk.Audit.ListAsync(new AuditFilter { Who = "writer3", Limit = 1000 }, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task List_Filters_FindWhatIsAskedFor()
    {
        foreach (var what in new[] { "user.added", "user.revoked", "users.other", "deployment.start" })
        {
            desk.Time.Advance(TimeSpan.FromHours(1));
            await desk.AppendAsync(what, what == "user.revoked" ? "ben" : "ann");
        }

        async Task<string> FindAsync(AuditFilter filter) => string.Join(' ', (await desk.Audit.ListAsync(filter, CancellationToken.None)).Select(entry => entry.Number));
        Assert.Equal("4 3 2 1", await FindAsync(new AuditFilter()));
        Assert.Equal("2 1", await FindAsync(new AuditFilter { What = "user." }));
        Assert.Equal("1", await FindAsync(new AuditFilter { What = "user.added" }));
        Assert.Equal("4 3 1", await FindAsync(new AuditFilter { Who = "ann" }));
        Assert.Equal("1", await FindAsync(new AuditFilter { Who = "ann", What = "user." }));
        Assert.Equal("4 3", await FindAsync(new AuditFilter { Since = desk.Time.GetUtcNow() - TimeSpan.FromHours(1) }));
        Assert.Equal("2", await FindAsync(new AuditFilter { Before = 3, Limit = 1 }));
    }

    [Fact]
    public async Task Log_OfVeryManyEntries_IsWrittenInGroupsAndReadWhole()
    {
        var count = Campaign.Rounds(10_000, 200_000);
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (i, _) => await desk.AppendAsync($"thing.{i % 10}", $"user{i % 100}"));
        var written = clock.Elapsed;
        clock.Restart();
        var verdict = await desk.VerifyAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} entries: written in {written.TotalSeconds:0.00} s, verified in {clock.Elapsed.TotalSeconds:0.00} s");
        Assert.Equal((true, count), (verdict.IsWhole, verdict.Entries));
        Assert.Equal(100, (await desk.Audit.ListAsync(new AuditFilter { Who = "user7", What = "thing." }, CancellationToken.None)).Count);
    }

    /// <summary>A log in which the first name is another, with hashes that fit.</summary>
    private static string Rewritten(IReadOnlyList<AuditEntry> entries)
    {
        var sql = new List<string>();
        var head = AuditHead.Empty;
        foreach (var entry in entries)
        {
            var changed = entry with { Who = "somebody-else" };
            changed = changed with { Hash = AuditChain.HashOf(head.Hash, changed) };
            head = new AuditHead(changed.Number, changed.Hash);
            sql.Add($"update audit set who = 'somebody-else', hash = x'{changed.Hash.Hex}' where number = {changed.Number}");
        }

        return string.Join("; ", sql);
    }
}
