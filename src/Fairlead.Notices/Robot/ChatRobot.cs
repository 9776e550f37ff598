using System.Globalization;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;

namespace Fairlead.Notices.Robot;

/// <summary>Answers people who are known: what they may do here is what they may do anywhere. What cannot be taken back is done once it is confirmed.</summary>
public sealed class ChatRobot(ChatLinks links, IChatActions actions, IAuditLog audit, TimeProvider time)
{
    private const string Help = """
        status - what runs, waits and fires
        deploys [environment] - the newest rollouts
        approve EXECUTION[/STAGE] [comment]
        reject EXECUTION[/STAGE] [comment] - asks for a confirmation
        rollback ENVIRONMENT [service] - asks for a confirmation
        confirm CODE
        """;

    private static readonly string[] Commands = ["help", "status", "deploys", "approve", "reject", "rollback", "confirm", "link"];
    private static readonly TimeSpan StrangerPause = TimeSpan.FromSeconds(3);
    private readonly Confirmations confirmations = new(time);
    private readonly Lock gate = new();
    private long strangerAt;
    private bool hadStranger;

    /// <summary>The answer; null for none.</summary>
    public async Task<string?> AnswerAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        var words = request.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is [var link, var code] && link.Equals("link", StringComparison.OrdinalIgnoreCase) && request.Via == "irc")
            return await LinkAsync(request, code, cancellationToken).ConfigureAwait(false);
        if (await links.FindAsync(request, cancellationToken).ConfigureAwait(false) is not { } principal)
            return Stranger(request);
        try
        {
            return await AnswerAsync(request, principal, words.Length == 0 ? ["help"] : words, cancellationToken).ConfigureAwait(false);
        }
        catch (FairleadException e)
        {
            return e.Message;
        }
    }

    /// <summary>Somebody left a channel, or has another name, or nobody is seen there any more: what a code stood for is over.</summary>
    /// <param name="nick">Empty for everybody.</param>
    internal void Forget(string channel, string nick) => links.Forget(channel, nick);

    private async Task<string> AnswerAsync(ChatRequest request, Principal principal, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var via = request.Via;
        switch (words[0].ToLowerInvariant())
        {
            case "help":
                return Help;
            case "status":
                return await actions.StatusAsync(principal, via, cancellationToken).ConfigureAwait(false);
            case "deploys":
                return await actions.DeploysAsync(principal, via, words.Count > 1 ? words[1] : null, cancellationToken).ConfigureAwait(false);
            case "approve":
                return await JudgeAsync(principal, via, words, cancellationToken).ConfigureAwait(false);
            case "reject":
                TargetOf(words);
                return Ask(request, principal, words);
            case "rollback":
                return words.Count is 2 or 3 ? Ask(request, principal, words) : throw FairleadException.Invalid("Say which environment: rollback ENVIRONMENT [service].");
            case "confirm":
                var confirmed = words.Count == 2 ? confirmations.Take(request, principal.Name, words[1].ToLowerInvariant()) : null;
                return confirmed is null ? throw FairleadException.Invalid("That confirms nothing; ask again, and confirm with the new code within two minutes.") : await ConfirmedAsync(principal, via, confirmed, cancellationToken).ConfigureAwait(false);
            default:
                throw FairleadException.Invalid($"'{AuditText.Clean(words[0], 40)}' is nothing that I can do; {NearestName.Hint(words[0].ToLowerInvariant(), Commands)}.");
        }
    }

    private Task<string> ConfirmedAsync(Principal principal, string via, IReadOnlyList<string> words, CancellationToken cancellationToken) => words[0].Equals("rollback", StringComparison.OrdinalIgnoreCase)
        ? actions.RollBackAsync(principal, via, words[1], words.Count > 2 ? words[2] : null, cancellationToken)
        : JudgeAsync(principal, via, words, cancellationToken);

    private Task<string> JudgeAsync(Principal principal, string via, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var (execution, stage) = TargetOf(words);
        var comment = words.Count > 2 ? string.Join(' ', words.Skip(2)) : null;
        return actions.JudgeAsync(principal, via, execution, stage, words[0].ToLowerInvariant(), comment, cancellationToken);
    }

    private string Ask(ChatRequest request, Principal principal, IReadOnlyList<string> words) =>
        $"{principal.Name}, to {AuditText.Clean(string.Join(' ', words), 200)}, say: confirm {confirmations.Ask(request, principal.Name, words)}";

    private static (int Execution, string? Stage) TargetOf(IReadOnlyList<string> words)
    {
        var parts = words.Count > 1 ? words[1].Split('/', 2) : [""];
        return int.TryParse(parts[0].TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var execution)
            ? (execution, parts.Length > 1 ? parts[1] : null)
            : throw FairleadException.Invalid($"Say which execution by its number: {words[0].ToLowerInvariant()} 12, or {words[0].ToLowerInvariant()} 12/STAGE.");
    }

    private async Task<string?> LinkAsync(ChatRequest request, string code, CancellationToken cancellationToken)
    {
        if (!request.IsPrivate)
            return "Say that to me alone, not here; that code is worth nothing now.";
        if (!request.CanBeLinked)
            return "Join the channel first: I must see when you leave.";
        if (MustWait())
            return null;
        if (links.Redeem(request, code.ToLowerInvariant()) is not { } user)
            return "That is no code, or it was used, or it is too old; make another with 'fairlead user link --code'.";
        await audit.AppendAsync(new AuditDraft { Who = user, Via = request.Via, What = "chat.link", Target = AuditText.Clean(request.Speaker, 200), Detail = $"by a code, in channel '{request.Channel}', until the person leaves" }, cancellationToken).ConfigureAwait(false);
        return $"I take you for '{user}' until you leave, change your nick, or twelve hours are over.";
    }

    /// <summary>Strangers get no answer where others read it, and not more than one in a while.</summary>
    private string? Stranger(ChatRequest request)
    {
        if (!request.IsPrivate || MustWait())
            return null;
        return request.Identity is { } identity
            ? $"I do not know '{identity}'. An admin can link it: fairlead user link USER {identity}"
            : "I do not know who you are. Sign in to the network's services and have an admin link your account, or make a code with 'fairlead user link --code' and say to me: link CODE";
    }

    private bool MustWait()
    {
        lock (gate)
        {
            if (hadStranger && time.GetElapsedTime(strangerAt) < StrangerPause)
                return true;
            (hadStranger, strangerAt) = (true, time.GetTimestamp());
            return false;
        }
    }
}
