using Fairlead.Domain.Runs;
using Fairlead.Steps.Tests.Support;
using Fairlead.Testing;

namespace Fairlead.Steps.Tests.Execution;

/// <summary>Steps that leave what no store should take.</summary>
public sealed class HostileOutputTests
{
    private const string Yaml = """
        project: tiny
        steps:
          link: { run: "ln -s /etc/passwd out/x", outputs: [x] }
          inner: { run: "mkdir out/x && ln -s ../../../../../../../../../../../../../../etc/passwd out/x/p", outputs: [x] }
          parent: { run: "rm -r out/a && ln -s /etc out/a", outputs: [a/passwd] }
          loop: { run: "mkdir out/x && ln -s . out/x/again", outputs: [x] }
          fifo: { run: "mkdir out/x && mkfifo out/x/pipe", outputs: [x] }
          socket: { run: "/usr/bin/python3 -S -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"out/x\")'", outputs: [x] }
          metrics: { run: "mkfifo out/m.json", outputs: [], metrics: m.json }
          device: { run: "mknod out/x c 1 5", outputs: [x], sandbox: none }
          sparse: { run: "mkdir out/x && truncate -s 20G out/x/huge", outputs: [x] }
          newline: { run: "mkdir out/x && touch \"$(printf 'out/x/a\\nb')\"", outputs: [x] }
          bytes: { run: "mkdir out/x && touch \"$(printf 'out/x/\\377')\"", outputs: [x] }
          missing: { run: "touch \"$(printf 'out/a\\nb')\"", outputs: [x] }
        """;

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["link"] = "Step 'link' left the output 'x' as a symbolic link; write the file or folder itself.",
        ["inner"] = "The symbolic link 'p' in '",
        ["parent"] = "Step 'parent' left 'out/a', in which the output 'a/passwd' should be, as a symbolic link; make it a folder.",
        ["loop"] = "The symbolic link 'again' in '",
        ["fifo"] = "Step 'fifo' left 'out/x/pipe' as a named pipe, and only files and folders can be kept; remove it or write a file.",
        ["socket"] = "Step 'socket' left 'out/x' as a socket, and only files",
        ["metrics"] = "Step 'metrics' left 'out/m.json' as a named pipe, and only files",
        ["device"] = "Step 'device' left 'out/x' as a device, and only files",
        ["sparse"] = "Step 'sparse' left 'out/x/huge' as a file of 20 GiB, of which only 0 bytes were written and the rest is holes; write the data alone, or pack it.",
        ["newline"] = "Step 'newline' left 'out/x/a\\x0ab', whose name holds a control character; rename it.",
        ["bytes"] = "Step 'bytes' left 'out/x/\uFFFD', whose name is not valid UTF-8; rename it.",
        ["missing"] = "Step 'missing' left no output 'x'; write it to out/x or correct `outputs`. out/ holds: a\\x0ab.",
    };

    [Fact]
    public async Task Output_ThatCannotBeKept_FailsTheRunInOneSentence()
    {
        using var project = new TestProject(Yaml);

        var report = await project.RunAsync(new RunOrder { Steps = [], User = "tester", KeepGoing = true });

        foreach (var result in report.Steps.Where(result => result.Step != "device" || Environment.IsPrivilegedProcess))
        {
            Assert.Equal(StepOutcome.Failed, result.Outcome);
            Assert.StartsWith(Expected[result.Step], result.Reason);
            Assert.DoesNotContain('\n', result.Reason);
        }

        Assert.Equal(Expected.Count, report.Steps.Count);
        Assert.Empty(Directory.GetFileSystemEntries(project.State.Work));
        Assert.Empty(await project.Store.FindDamagedAsync(TestProject.Token));
    }

    [Theory]
    [InlineData("namespace", 100_000)]
    [InlineData("none", 100)]
    public async Task Output_ThatIsOddButHarmless_IsKeptWithoutItsOddities(string sandbox, int many)
    {
        using var project = new TestProject($$"""
            project: tiny
            steps:
              data: { run: "head -c 2m /dev/urandom > out/big", outputs: [big] }
              a:
                run: |
                  mkdir -p out/many out/odd && cd out/many && seq {{many}} | xargs touch && cd ../odd
                  cp ../../in/big big && ln big twin && ln -s twin alias
                  ln ../../in/big input 2>/dev/null || cp ../../in/big input
                  echo '#!/bin/sh' > suid && chmod 6755 suid && mkdir empty
                inputs: { big: data/big }
                outputs: [many, odd]
                sandbox: {{sandbox}}
            """);

        var report = await project.RunAsync();

        Assert.True(report.Succeeded, report.Steps[1].Reason);
        var run = (await project.Catalog.FindAsync(new RunId("a", 1), TestProject.Token))!;
        Assert.Equal(many, (await project.Store.ReadTreeAsync(run.Outputs[0].Artifact.Digest, TestProject.Token)).Count);
        var odd = await project.Store.ReadTreeAsync(run.Outputs[1].Artifact.Digest, TestProject.Token);
        Assert.Equal(["alias", "big", "input", "suid", "twin"], odd.Select(entry => entry.Path));
        Assert.Single(odd.Where(entry => entry.Path != "suid").Select(entry => entry.Digest).Distinct());
        using var folder = new TempFolder();
        await project.Store.MaterializeAsync(run.Outputs[1].Artifact, folder["odd"], TestProject.Token);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder["odd/suid"]) & (UnixFileMode.SetUser | UnixFileMode.SetGroup));
        Assert.Empty(await project.Store.FindDamagedAsync(TestProject.Token));
    }

    [Fact]
    public async Task Output_ForWhichTheDiskHasNoRoom_FailsTheRunAndLeavesNothingHalfWritten()
    {
        using var disk = SmallDisk.Mount(24);
        using var project = new TestProject(
            "project: tiny\nsteps:\n  big: { run: \"head -c 14m /dev/urandom > out/x\", outputs: [x] }\n  full: { run: \"head -c 40m /dev/urandom > out/x\", outputs: [x] }\n  small: { run: \"echo 1 > out/x\", outputs: [x] }\n",
            parent: disk.Folder);

        var report = await project.RunAsync(new RunOrder { Steps = ["big"], User = "tester" });
        Assert.Contains("The disk of '", Assert.Single(report.Steps).Reason);
        Assert.Contains("is full", report.Steps[0].Reason);
        Assert.DoesNotContain('\n', report.Steps[0].Reason);
        // The step itself meets the end of the disk.
        Assert.Contains("No space left", Assert.Single((await project.RunAsync("full")).Steps).Reason);

        Assert.True((await project.RunAsync("small")).Succeeded);
        Assert.Empty(Directory.GetFileSystemEntries(project.State.Work));
        Assert.Empty(await project.Store.FindDamagedAsync(TestProject.Token));
        Assert.DoesNotContain(Directory.EnumerateFiles(project.State.Store, "*", SearchOption.AllDirectories), file => new FileInfo(file).Length > 1 << 20);
    }
}
