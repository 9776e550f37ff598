using System.CommandLine;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Fairlead.Identity;
using Fairlead.Identity.Users;
using Fairlead.Notices;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Says who a user is in chats.</summary>
internal sealed class UserLinkCommand : CliCommand
{
    private static readonly Argument<string?> UserName = new("name") { Description = "The user.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string?> Identity = new("identity") { Description = "irc:ACCOUNT, or slack:TEAM/USER.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Code = new("--code") { Description = "Print a code by which you can say to the robot who you are, once and within ten minutes." };
    private static readonly Option<string?> Remove = new("--remove") { Description = "An identity to be taken away.", HelpName = "identity" };

    public UserLinkCommand()
        : base(
            "link",
            "Say who a user is in chats: the robot obeys that identity as it would the user.",
            "fairlead user link ann irc:ann",
            "fairlead user link ann slack:T0123/U0456",
            "fairlead user link ann --remove irc:ann",
            "fairlead user link --code            # for yourself; then tell the robot: link CODE")
    {
        Arguments.Add(UserName);
        Arguments.Add(Identity);
        Options.Add(Code);
        Options.Add(Remove);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        if (parse.GetValue(Code))
            return await PrintCodeAsync(client, context, cancellationToken);
        var (name, identity, removed) = (parse.GetValue(UserName), parse.GetValue(Identity), parse.GetValue(Remove));
        if (name is null || (identity is null && removed is null))
            throw FairleadException.Invalid("Nothing is to be linked; give a user and an identity such as 'irc:ann', '--remove', or '--code' for yourself.");
        var change = new UserChange { AddLinks = identity is null ? [] : [identity], RemoveLinks = removed is null ? [] : [removed] };
        var user = await client.PutAsync($"/api/users/{Uri.EscapeDataString(name)}", change, IdentityJson.Default.UserChange, DomainJson.Default.User, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(user, DomainJson.Default.User);
        else
            context.Error.MarkupLineInterpolated($"'{user.Name}' in chats: {(user.Links.Count == 0 ? "nobody" : string.Join(", ", user.Links))}");
        return ExitCodes.Success;
    }

    private static async Task<int> PrintCodeAsync(ApiClient client, CommandContext context, CancellationToken cancellationToken)
    {
        var code = await client.PostAsync("/api/me/chat-code", new NoticeTestOrder(null), NoticesJson.Default.NoticeTestOrder, NoticesJson.Default.ChatCode, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(code, NoticesJson.Default.ChatCode);
        else
            context.Out.WriteLine($"Say to the robot, by a private message and before {code.ExpiresAt.UtcDateTime:HH:mm} UTC: link {code.Code}");
        return ExitCodes.Success;
    }
}
