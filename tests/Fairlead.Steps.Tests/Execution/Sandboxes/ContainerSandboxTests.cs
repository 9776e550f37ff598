using System.Diagnostics;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Execution.Sandboxes;

/// <summary>Steps in containers of an image that is made here out of one static program. Needs podman, a runtime for it, and busybox.</summary>
public sealed class ContainerSandboxTests
{
    private const string Busybox = "/bin/busybox";

    [Fact]
    public async Task Step_InAContainer_HasTheSameContractAndLimitsAndNothingElse()
    {
        using var folder = new TempFolder();
        var tag = $"localhost/fairlead-test:{Guid.NewGuid():n}";
        var image = BuildImage(folder, tag);
        try
        {
            using var project = new TestProject($$"""
                project: tiny
                steps:
                  one: { run: echo data > out/x, outputs: [x] }
                  a:
                    run: |
                      { pwd; echo "$FAIRLEAD_IN_X $FAIRLEAD_PARAM_N $HOME $MARK"; cat in/x; hostname; ls /sys/class/net; cat params.json | tr -d ' \n'; echo; ls /step; } > out/result
                      touch /new 2>/dev/null && echo "wrote to the image" >> out/result
                      touch in/new 2>/dev/null && echo "wrote into in" >> out/result
                      echo x > /tmp/x
                      echo told
                    code: [code.txt]
                    inputs: { x: one/x }
                    params: { n: 3 }
                    env: { MARK: m }
                    sandbox: container
                    image: {{image}}
                    outputs: [result]
                  hungry: { run: "head -c 200m /dev/zero | tail -c 199m > /dev/null", outputs: [x], sandbox: container, image: "{{image}}", resources: { memory: 32Mi, pids: 50, cpu: 1 } }
                  slow: { run: "head -c 60000000 /dev/zero | tail -c 50000000 > /dev/null; sleep 1000", outputs: [x], sandbox: container, image: "{{image}}", resources: { timeout: 4s } }
                """);
            project.Write("code.txt", "code");

            var report = await project.RunAsync(new RunOrder { Steps = [], User = "tester", KeepGoing = true });

            Assert.Equal(StepOutcome.Executed, report.Steps[1].Outcome);
            var run = (await project.Catalog.FindAsync(new RunId("a", 1), TestProject.Token))!;
            Assert.StartsWith("/step\n/step/in/x 3 /home/step m\ndata\nfairlead\nlo\n{\"n\":3}\ncode.txt\nin\nout\nparams.json\n", await project.ReadOutputAsync(run, "result"));
            Assert.DoesNotContain("wrote", await project.ReadOutputAsync(run, "result"));
            Assert.Equal("told\n", System.Text.Encoding.UTF8.GetString(await project.ReadLogAsync(run)));
            Assert.Equal(("container", image, false), (run.Sandbox, run.SandboxFacts!.Image, run.SandboxFacts.HasNetwork));
            Assert.Contains(new KeyPart("image", image[(image.IndexOf('@') + 1)..]), run.KeyParts);
            // Podman tells of it only when it met the first process.
            Assert.Contains("memory", report.Steps[2].Reason);
            Assert.StartsWith("Step 'slow' ran longer than its timeout", report.Steps[3].Reason);
            var slow = (await project.Catalog.FindAsync(new RunId("slow", 1), TestProject.Token))!;
            Assert.InRange(slow.CpuSeconds ?? 0, 0.001, 60);
            Assert.InRange(slow.PeakMemoryBytes ?? 0, 50_000_000, 1_000_000_000);
            Assert.Null(slow.SandboxFacts!.Limits);
            Assert.DoesNotContain("fairlead-", Podman("ps", "--all", "--format", "{{.Names}}").Split('\n').Where(name => name.StartsWith("fairlead-slow-", StringComparison.Ordinal)));

            project.Write("fairlead.yaml", $"project: tiny\nsteps:\n  a: {{ run: ls, outputs: [x], sandbox: container, image: \"{tag}\" }}\n");
            var problem = await Assert.ThrowsAsync<FairleadException>(() => project.RunAsync());
            Assert.Equal($"Step 'a' names the image '{tag}' by a tag, which can come to mean another image; write '{image}'.", problem.Message);
        }
        finally
        {
            Podman("rmi", "--force", tag);
        }
    }

    [Fact]
    public async Task Step_InAContainerWithoutAnEngine_IsToldWhatToInstall()
    {
        using var project = new TestProject(
            $"project: tiny\nsteps:\n  a: {{ run: ls, outputs: [x], sandbox: container, image: \"x@sha256:{new string('a', 64)}\" }}\n",
            options => options with { ContainerPrograms = ["no-such-program"] });
        Assert.Contains("install podman, or use `sandbox: namespace`", (await project.FailAsync("a")).Error);
    }

    private static string BuildImage(TempFolder folder, string tag)
    {
        Assert.SkipUnless(File.Exists(Busybox) && Podman("version", "--format", "{{.Client.Version}}").Length > 0, "podman or busybox is not installed");
        const string applets = "sh cat echo ls touch tr hostname head tail sleep";
        Run("/bin/sh", "-c", $"mkdir -p '{folder["root"]}/bin' '{folder["root"]}/tmp' && cp {Busybox} '{folder["root"]}/bin/' && cd '{folder["root"]}/bin' && for a in {applets}; do ln -s busybox $a; done && tar -C .. -cf ../../image.tar .");
        var made = Podman("import", "--quiet", folder["image.tar"], tag);
        Assert.SkipWhen(made.Length == 0, "podman cannot store images here");
        return $"{tag[..tag.LastIndexOf(':')]}@{Podman("image", "inspect", "--format", "{{.Digest}}", tag)}";
    }

    private static string Podman(params string[] arguments) => Run("podman", arguments);

    /// <summary>What it printed; nothing when it failed or is not there.</summary>
    private static string Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
