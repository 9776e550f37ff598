using System.CommandLine;

namespace Fairlead.Commands;

/// <summary>What the commands about secrets have in common.</summary>
internal static class SecretOptions
{
    public static readonly Argument<string> Name = new("name") { Description = "Name of the secret: lower-case letters, digits and '_'." };

    public static readonly Option<string?> Environment = new("--environment") { Description = "For this environment only; else for all that have none of that name of their own.", HelpName = "name" };

    public static string PathOf(ParseResult parse)
    {
        var name = Uri.EscapeDataString(parse.GetRequiredValue(Name));
        return parse.GetValue(Environment) is { } environment ? $"/api/environments/{Uri.EscapeDataString(environment)}/secrets/{name}" : $"/api/secrets/{name}";
    }
}
