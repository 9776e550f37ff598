using System.Diagnostics;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;

namespace Fairlead.Notices.Tests;

/// <summary>This test program started once more, to be killed.</summary>
internal static class ChildProcess
{
    public const string Argument = "queue-notices";

    /// <summary>Queues 25 messages, and delivers them or waits.</summary>
    public static Process Start(string folder, string url, bool delivers = false) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument, folder, url, delivers ? "deliver" : "wait"]) { RedirectStandardOutput = true })!;

    public static async Task<int> RunAsync(string[] args)
    {
        await using var catalog = Catalog.SqliteCatalog.Open(Path.Combine(args[0], "catalog.db"), TimeProvider.System);
        var project = new OneProject { Notify = new NotifyDefinition { Channels = [new WebhookDefinition { Name = "hook", Url = args[1] }] } };
        var options = new NoticeOptions(new Uri("http://localhost:7070"));
        var outbox = new Fairlead.Notices.Outbox.NoticeOutbox(project, catalog.Notices, options);
        for (var i = 0; i < 25; i++)
        {
            await outbox.AddAsync(
                new NoticeDraft { Key = $"child/{i}", Event = NoticeEvents.StageMessage, Subject = "execution/7", At = new MovingTime().GetUtcNow(), Title = "t", Fields = new Dictionary<string, string>(), To = ["hook"] },
                CancellationToken.None);
        }

        Console.WriteLine("queued");
        if (args[2] == "deliver")
        {
            using var http = new HttpClient();
            await using var service = new NoticeService(
                project, catalog.Notices, http, new Fairlead.Notices.Channels.SecretReader(reference => reference.ToString()), new Robot.ChatRobotOfNobody(catalog).Robot, options with { GivenUpAfter = TimeSpan.FromDays(9999) }, TimeProvider.System, new Random(1), Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
            await service.Courier.RunOnceAsync(CancellationToken.None);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }
}
