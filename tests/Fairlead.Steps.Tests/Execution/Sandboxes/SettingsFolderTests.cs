using Fairlead.Sandbox;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Execution.Sandboxes;

public sealed class SettingsFolderTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly Dictionary<string, string> Own = new(StringComparer.Ordinal) { ["passwd"] = "step\n", ["hosts"] = "here\n" };
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("settings-");
    private readonly ManualTime time = new();
    private readonly SettingsFolder settings;

    public SettingsFolderTests()
    {
        Write("services", "http 80\n");
        Write("shadow", "secret\n");
        Write("passwd", "root\n");
        Write("ssl/certs/a.pem", "A");
        for (var i = 0; i < 100; i++)
            Write($"ssl/certs/{i}.crt", "C");
        settings = New();
    }

    private string Origin => Path.Combine(folder.FullName, "etc");

    [Fact]
    public void Get_NamedSettings_AreThereAndNoOthers()
    {
        var copy = settings.Get();

        Assert.Equal(["hosts", "passwd", "services", "ssl/certs/a.pem"], FilesOf(copy).Where(IsNoCertificate));
        Assert.Equal(("http 80\n", "step\n"), (Read(copy, "services"), Read(copy, "passwd")));
    }

    [Fact]
    public void Get_Links_LeadWhereTheyLedOrAreWhatTheyNamed()
    {
        Write("zones/berlin", "CET");
        File.CreateSymbolicLink(Path.Combine(Origin, "zone"), "zones/berlin");
        File.CreateSymbolicLink(Path.Combine(Origin, "ssl/certs/b.pem"), "a.pem");
        File.CreateSymbolicLink(Path.Combine(Origin, "ssl/certs/c.pem"), "/usr/share/nowhere");
        Directory.CreateSymbolicLink(Path.Combine(Origin, "ssl/certs/round"), "..");

        var copy = settings.Get();

        Assert.Equal("CET", Read(copy, "zone"));
        Assert.Null(new FileInfo(Path.Combine(copy, "zone")).LinkTarget);
        Assert.Equal(["a.pem", "/usr/share/nowhere", ".."], new[] { "b.pem", "c.pem", "round" }.Select(name => new FileInfo(Path.Combine(copy, "ssl/certs", name)).LinkTarget));
    }

    [Fact]
    public void Get_WhatNotEverybodyMayRead_IsLeftOut()
    {
        Write("ssl/certs/key.pem", "secret");
        Write("ssl/certs/private/key.pem", "secret");
        File.SetUnixFileMode(Path.Combine(Origin, "ssl/certs/key.pem"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        File.SetUnixFileMode(Path.Combine(Origin, "ssl/certs/private"), Private);

        Assert.Equal(["hosts", "passwd", "services", "ssl/certs/a.pem"], FilesOf(settings.Get()).Where(IsNoCertificate));
    }

    [Fact]
    public void Get_SettingsThatChanged_AreCopiedAgainAfterAWhileAndTheOldStay()
    {
        var first = settings.Get();
        Write("ssl/certs/new.pem", "N");
        Assert.Equal(first, settings.Get());

        time.Advance(TimeSpan.FromSeconds(5));
        var second = settings.Get();

        Assert.NotEqual(first, second);
        Assert.Equal("N", Read(second, "ssl/certs/new.pem"));
        Assert.False(File.Exists(Path.Combine(first, "ssl/certs/new.pem")));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(second, settings.Get());
    }

    [Fact]
    public void Get_Places_AreThereToBeMountedOver()
    {
        var copy = settings.Get("resolv.conf", "services", "profiles/me/bin/");

        Assert.Equal(("", "http 80\n"), (Read(copy, "resolv.conf"), Read(copy, "services")));
        Assert.True(Directory.Exists(Path.Combine(copy, "profiles/me/bin")));
        Assert.NotEqual(copy, settings.Get());
    }

    [Fact]
    public async Task Get_ByManyAtOnce_MakesOneAndLeavesNothingBesideIt()
    {
        var others = Enumerable.Range(0, 4).Select(_ => New()).ToList();
        using var start = new Barrier(others.Count * 2);
        var copies = await Task.WhenAll(others.Concat(others).Select(one => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                return one.Get();
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Equal(copies[0], Assert.Single(copies.Distinct(StringComparer.Ordinal)));
        Assert.Equal([copies[0]], Directory.GetFileSystemEntries(Path.Combine(folder.FullName, "copies")));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private SettingsFolder New() => new(Origin, Path.Combine(folder.FullName, "copies"), ["services", "missing", "ssl/certs", "passwd", "zone"], Own, time);

    private static string Read(string copy, string name) => File.ReadAllText(Path.Combine(copy, name));

    private static bool IsNoCertificate(string name) => !name.EndsWith(".crt", StringComparison.Ordinal);

    private static IEnumerable<string> FilesOf(string copy) =>
        Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(copy, file)).Order(StringComparer.Ordinal);

    private void Write(string name, string content)
    {
        var path = Path.Combine(Origin, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
