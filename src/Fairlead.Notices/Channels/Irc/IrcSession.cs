using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Fairlead.Domain.Notices;
using Fairlead.Notices.Robot;
using Fairlead.Notices.Sending;
using Microsoft.Extensions.Logging;

namespace Fairlead.Notices.Channels.Irc;

/// <summary>One channel of a network: connected when something is to be said, and all the time where the robot listens.</summary>
internal sealed class IrcSession : IAsyncDisposable
{
    private const int MostHeard = 50;
    private const int MostAnswerLines = 12;
    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(1);
    private readonly SecretReader secrets;
    private readonly X509ChainPolicy? trust;
    private readonly ChatRobot robot;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SemaphoreSlim opening = new(1);
    private readonly CancellationTokenSource ending = new();

    // Whoever says more than can be answered is not heard.
    private readonly Channel<IrcMessage> heard = Channel.CreateBounded<IrcMessage>(new BoundedChannelOptions(MostHeard) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task answering;
    private IrcConnection? current;
    private int failures;
    private DateTimeOffset nextAt;

    public IrcSession(IrcDefinition definition, SecretReader secrets, X509ChainPolicy? trust, ChatRobot robot, TimeProvider time, ILogger logger)
    {
        (Definition, this.secrets, this.trust, this.robot, this.time, this.logger) = (definition, secrets, trust, robot, time, logger);
        answering = Task.Run(AnswerAsync);
    }

    public IrcDefinition Definition { get; }

    public async Task SayAsync(string text, int mostLines, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await connection.SayAsync(Definition.Channel, text, mostLines, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps the connection alive, and where the robot listens opens it again, with growing pauses.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (current is { Ended.IsCompleted: false } connection)
        {
            if (!await connection.KeepAliveAsync(cancellationToken).ConfigureAwait(false))
                await CloseAsync("it gives no sign of life").ConfigureAwait(false);
            return;
        }

        if (!Definition.HasRobot || time.GetUtcNow() is var now && now < nextAt && nextAt - now <= 2 * NoticePauses.Longest)
            return;
        try
        {
            await ConnectAsync(cancellationToken).ConfigureAwait(false);
            failures = 0;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            failures++;
            nextAt = now + NoticePauses.After(failures, 0.5);
            if (failures == 1)
                Log.Lost(logger, Definition.Name, e.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        heard.Writer.TryComplete();
        await answering.ConfigureAwait(false);
        if (current is { } connection)
            await connection.DisposeAsync().ConfigureAwait(false);
        ending.Dispose();
        opening.Dispose();
    }

    private async Task<IrcConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (current is { Ended.IsCompleted: false } connected)
                return connected;
            await CloseAsync(current?.Problem ?? "").ConfigureAwait(false);
            using var limit = new CancellationTokenSource(OpenLimit, time);
            using var any = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken, ending.Token);
            var opened = await IrcConnection.OpenAsync(
                Definition,
                Definition.Password is { } password ? secrets.Read(password) : null,
                Definition.Key is { } key ? secrets.Read(key) : null,
                trust,
                Hear,
                nick => robot.Forget(Definition.Name, nick),
                time,
                any.Token).ConfigureAwait(false);
            Log.Joined(logger, Definition.Name, Definition.Host, opened.Nick);
            return current = opened;
        }
        finally
        {
            opening.Release();
        }
    }

    private async Task CloseAsync(string why)
    {
        if (current is not { } connection)
            return;
        if (why.Length > 0)
            Log.Lost(logger, Definition.Name, why);
        current = null;
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private void Hear(IrcMessage message)
    {
        if (Definition.HasRobot)
            heard.Writer.TryWrite(message);
    }

    private async Task AnswerAsync()
    {
        await foreach (var message in heard.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (ending.IsCancellationRequested)
                return;
            using var limit = new CancellationTokenSource(AnswerLimit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ending.Token);
            try
            {
                await AnswerAsync(message, either.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                Log.NotAnswered(logger, e, Definition.Name, e.Message);
            }
        }
    }

    private async Task AnswerAsync(IrcMessage message, CancellationToken cancellationToken)
    {
        if (current is not { } connection)
            return;
        var account = message.Account ?? await connection.FindAccountAsync(message.Source, cancellationToken).ConfigureAwait(false);
        var answer = await robot.AnswerAsync(
            new ChatRequest
            {
                Via = "irc",
                Channel = Definition.Name,
                Identity = account is null ? null : $"irc:{account}",
                Speaker = message.Source,
                // Who leaves unseen could be followed by somebody with the same name.
                CanBeLinked = connection.Sees(message.Nick),
                IsPrivate = message.IsPrivate,
                Text = message.Text,
            },
            cancellationToken).ConfigureAwait(false);
        if (answer is null)
            return;
        await connection.SayAsync(message.ReplyTo, message.IsPrivate ? answer : $"{message.Nick}: {answer}", MostAnswerLines, cancellationToken).ConfigureAwait(false);
    }
}
