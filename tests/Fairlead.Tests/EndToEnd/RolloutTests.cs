using Fairlead.Testing;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>Many instances of a tiny program are rolled over under load, also while the control plane is killed.</summary>
public sealed class RolloutTests
{
    private const int Senders = 4;

    /// <summary>Answers every request with its first argument, over connections that are kept.</summary>
    private const string Server =
        """
        #include <arpa/inet.h>
        #include <cstdlib>
        #include <cstring>
        #include <poll.h>
        #include <string>
        #include <sys/socket.h>
        #include <unistd.h>
        #include <vector>
        int main(int, char** arguments) {
          std::string body = arguments[1], answer = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
          int listener = socket(AF_INET, SOCK_STREAM, 0), one = 1;
          setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
          sockaddr_in address{};
          address.sin_family = AF_INET;
          address.sin_port = htons(atoi(getenv("PORT")));
          address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
          if (bind(listener, (sockaddr*)&address, sizeof address) || listen(listener, 128)) return 1;
          std::vector<pollfd> waited{{listener, POLLIN, 0}};
          char buffer[65536];
          while (poll(waited.data(), waited.size(), -1) > 0) {
            for (size_t i = waited.size(); i-- > 1;) {
              if (!waited[i].revents) continue;
              ssize_t got = read(waited[i].fd, buffer, sizeof buffer);
              if (got <= 0 || write(waited[i].fd, answer.data(), answer.size()) < 0) { close(waited[i].fd); waited.erase(waited.begin() + i); }
            }
            if (waited[0].revents) waited.push_back({accept(listener, nullptr, nullptr), POLLIN, 0});
          }
        }
        """;

    [Fact]
    public async Task Rolling_ManyInstancesWhileTheControlPlaneIsKilled_FailsNoRequest()
    {
        var instances = Campaign.Rounds(20, whole: 200);
        await using var project = await DeployedAsync(instances);
        using var enough = new CancellationTokenSource();
        var sending = Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendAsync(project, enough.Token), TestContext.Current.CancellationToken)).ToList();

        project.Replace("fairlead.yaml", "./server one", "./server two");
        project.Commit("Two");
        await project.MustAsync("release");
        var started = (await project.MustAsync("deploy", "prod", "--strategy", "rolling", "--batch", "25%", "--detach", "--format", "json")).Json.GetProperty("rollout").GetInt32();
        await project.EventuallyAsync(() => project.GetAsync($"api/rollouts/{started}"), rollout => rollout.GetProperty("step").GetInt32() >= 1);
        Signals.Kill(project.ProcessOf("control"));
        await project.UpAsync();
        await project.EventuallyAsync(() => project.GetAsync($"api/rollouts/{started}"), rollout => rollout.TryGetProperty("outcome", out _));
        await enough.CancelAsync();
        var ended = (await project.MustAsync("rollout", "show", $"{started}", "--format", "json")).Json;
        var answers = (await Task.WhenAll(sending)).SelectMany(sent => sent).ToList();

        Assert.Equal("succeeded", ended.GetProperty("outcome").GetString());
        Assert.All(answers, answer => Assert.True(answer is "one" or "two", answer));
        Assert.Equal("two", answers[^1]);
        Assert.Contains(answers, answer => answer == "one");
        var groups = (await project.MustAsync("server-group", "list", "--all", "--format", "json")).Json.EnumerateArray().Select(group => group.GetProperty("status").GetString());
        Assert.Equal(["enabled", "destroyed"], groups);
    }

    [Fact]
    public async Task Canary_Aborted_GivesTheTrafficBackAndSaysSo()
    {
        await using var project = await DeployedAsync(2);
        project.Replace("fairlead.yaml", "./server one", "./server two");
        project.Commit("Two");
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod", "--strategy", "canary", "--traffic", "10,100", "--each", "1h", "--baseline", "--detach");
        await project.EventuallyAsync(() => project.GetAsync("api/rollouts/2"), rollout => rollout.GetProperty("phase").GetString() == "holding");

        var second = await project.RunAsync("deploy", "prod", "--release", "v001");
        Assert.Equal(ExitCodes.Conflict, second.ExitCode);
        Assert.Contains("fairlead rollout abort 2", second.Errors);
        await project.MustAsync("rollout", "pause", "2");
        await project.MustAsync("rollout", "abort", "2");
        var followed = await project.RunAsync("rollout", "show", "2", "--follow");

        Assert.NotEqual(0, followed.ExitCode);
        Assert.Contains("Ended; what was live before serves.", followed.Errors);
        Assert.Contains("aborted", (await project.MustAsync("rollout", "list")).Output);
        var last = await project.RunAsync("server-group", "disable", "echo-prod-v001");
        Assert.Contains("is the only server group of 'echo' in 'prod' that takes traffic", last.Errors);
        await project.MustAsync("server-group", "resize", "echo-prod-v001", "3");
        Assert.Contains("3", (await project.MustAsync("server-group", "show", "echo-prod-v001")).Output);
    }

    private static async Task<TempProject> DeployedAsync(int instances)
    {
        var project = TempProject.Empty();
        project.Write("server.cpp", Server);
        await Programs.RunAsync(project.Root, "g++", "-O2", "-static", "-o", "server", "server.cpp");
        project.Write("fairlead.yaml", $"project: echo\nservices:\n  echo: {{ command: ./server one, code: [server], instances: {instances} }}\nenvironments:\n  prod: {{ health: {{ for: 1s }} }}\n");
        project.Commit("Start");
        await project.UpAsync();
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod");
        return project;
    }

    /// <summary>What was answered, in order; what was not is told by its status.</summary>
    private static async Task<List<string>> SendAsync(TempProject project, CancellationToken enough)
    {
        using var http = new HttpClient { BaseAddress = project.HostUrl };
        var answers = new List<string>();
        while (!enough.IsCancellationRequested)
        {
            using var answer = await http.PostAsync(new Uri("/services/echo/ask", UriKind.Relative), new StringContent("hello"), CancellationToken.None);
            var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            answers.Add(answer.IsSuccessStatusCode ? text : $"{(int)answer.StatusCode} {text}");
        }

        return answers;
    }
}
