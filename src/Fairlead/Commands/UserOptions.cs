using System.CommandLine;

namespace Fairlead.Commands;

/// <summary>Options that several commands about users take.</summary>
internal static class UserOptions
{
    public static readonly Argument<string> Name = new("name") { Description = "The user's name." };

    public static readonly Option<string[]> Role = new("--role")
    {
        Description = "A role: viewer, developer, operator, judge or admin; 'judge@prod' for one environment. May be given several times.",
        HelpName = "role",
    };

    public static readonly Option<string?> Environment = new("--environment") { Description = "The environment of the roles that name none; else they hold in the whole project.", HelpName = "environment" };

    public static readonly Option<string[]> Group = new("--group") { Description = "A group that the user is in. May be given several times.", HelpName = "group" };

    public static readonly Option<string[]> Email = new("--email") { Description = "An e-mail address under which the user writes commits. May be given several times.", HelpName = "address" };

    public static readonly Option<int?> Expires = new("--expires") { Description = "After how many days the token is not taken any more; else it does not expire.", HelpName = "days" };
}
