using System.Text.RegularExpressions;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;

namespace Fairlead.ProjectFile.Rules;

/// <summary>The part of the table about who is told of what.</summary>
internal static class NoticeRules
{
    private static readonly TextFormat Secret = new("a reference to a secret", SecretReference.Pattern, "env:VARIABLE, file:/PATH or secret:NAME", "env:SLACK_URL");

    private static readonly TextFormat UrlOrSecret = new("a URL", $@"^(?:https?://[^\s/?#]+[^\s]*|{SecretReference.Pattern[1..^1]})$", "an absolute URL with http or https, or a reference to a secret that holds one", "https://ci.example.com/events");

    private static readonly TextFormat Address = new("an address", @"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$", "an e-mail address without a name", "team@example.com");

    private static readonly TextFormat Host = new("a host", @"^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45})$", "a host name or an IP address, without a port", "mail.example.com");

    private static readonly TextFormat Account = new("an account", @"^[\x21-\x7E]{1,128}$", "visible ASCII characters without blanks", "fairlead");

    private static readonly TextFormat Nick = new("a nick", @"^[A-Za-z\[\]\\`_^{|}][A-Za-z0-9\[\]\\`_^{|}-]{0,29}$", "letters, digits and a few signs, no digit first, 30 at most", "fairlead");

    private static readonly TextFormat IrcChannel = new("a channel", @"^[#&+!][^\x00-\x20\x7F,:]{1,49}$", "'#' and a name without blanks, commas and colons", "#delivery");

    private static readonly TextFormat Event = new("an event", $"^(?:{string.Join('|', NoticeEvents.Words.Select(Regex.Escape))})$", string.Join(", ", NoticeEvents.Words), NoticeEvents.ExecutionFailed);

    private static readonly TextFormat Template = TextFormats.Sentence with { What = "a template", Expected = "text with {{ name }} where a value stands", Example = "{{ pipeline }} {{ execution }}: {{ message }}", Refuse = NoticeTemplate.Problem };

    private static readonly ObjectShape Slack = new(
    [
        new(Keys.Url, new TextShape(Secret), "Reference to the URL of the incoming webhook, which is a secret.") { IsRequired = true },
        new(Keys.SigningSecret, new TextShape(Secret), "Reference to the signing secret of the app: slash commands are taken at /chat/slack/CHANNEL. Default: none are."),
    ]);

    private static readonly ObjectShape Teams = new([new(Keys.Url, new TextShape(Secret), "Reference to the URL of the workflow's webhook, which is a secret.") { IsRequired = true }]);

    private static readonly ObjectShape Webhook = new(
    [
        new(Keys.Url, new TextShape(UrlOrSecret), "Gets a POST with a CloudEvent for each message; a URL, or a reference to one.") { IsRequired = true },
        new(Keys.Secret, new TextShape(Secret), "Reference to the key by which requests are signed. Default: they are not."),
    ]);

    private static readonly ObjectShape Smtp = new(
    [
        new(Keys.Host, new TextShape(Host), "The mail server.") { IsRequired = true },
        new(Keys.Port, new IntegerShape(1, 65535), "Default: 587 with starttls, 465 with tls, 25 with none."),
        new(Keys.Security, new ChoiceShape(["starttls", "tls", "none"]), "starttls (default) or tls: nothing is said unless the server proves who it is; none: in the clear, and never with a password."),
        new(Keys.From, new TextShape(Address), "Whose mail it is.") { IsRequired = true },
        new(Keys.To, new ListShape(Address), "Who gets it.") { IsRequired = true },
        new(Keys.User, new TextShape(Account), "The account to sign in with. Default: none."),
        new(Keys.Password, new TextShape(Secret), "Reference to the account's password."),
    ]);

    private static readonly ObjectShape Irc = new(
    [
        new(Keys.Host, new TextShape(Host), "The server.") { IsRequired = true },
        new(Keys.Port, new IntegerShape(1, 65535), "Default: 6697 with tls, 6667 with none."),
        new(Keys.Security, new ChoiceShape(["tls", "none"]), "tls (default): nothing is said unless the server proves who it is; none: in the clear."),
        new(Keys.Channel, new TextShape(IrcChannel), "Where messages go, such as '#delivery'.") { IsRequired = true },
        new(Keys.Key, new TextShape(Secret), "Reference to the channel's key. Default: none."),
        new(Keys.Nick, new TextShape(Nick), "Default: fairlead."),
        new(Keys.User, new TextShape(Account), "The account to sign in with. Default: none."),
        new(Keys.Password, new TextShape(Secret), "Reference to the account's password."),
        new(Keys.Login, new ChoiceShape(["sasl", "nickserv"]), "How the account is signed in to: sasl (default), or by a message to NickServ."),
        new(Keys.Robot, new BooleanShape(), "true: commands of people who are linked to users are taken in the channel and by private message. Default: false."),
    ]);

    private static readonly ObjectShape Channel = new(
    [
        new(Keys.Slack, Slack, "An incoming webhook of Slack, or of what takes the same, such as Mattermost."),
        new(Keys.Teams, Teams, "A webhook of a workflow of Microsoft Teams."),
        new(Keys.Smtp, Smtp, "E-mail."),
        new(Keys.Webhook, Webhook, "A program of one's own, by CloudEvents 1.0."),
        new(Keys.Irc, Irc, "A channel of an IRC network."),
    ])
    {
        ExactlyOneOf = [Keys.Slack, Keys.Teams, Keys.Smtp, Keys.Webhook, Keys.Irc],
    };

    /// <summary>What every rule has, wherever it stands.</summary>
    private static readonly IReadOnlyList<KeyRule> Rule =
    [
        new(Keys.On, new ListShape(Event), "What is told, such as execution.failed, or rollout.* for all that begins so.") { IsRequired = true },
        new(Keys.Environments, new ListShape(TextFormats.Name), "Only what is about one of them. Default: whatever it is about."),
        new(Keys.To, new ListShape(TextFormats.StepName), "Channels that are told.") { IsRequired = true },
        new(Keys.Template, new TextShape(Template), $"What is said, with {{{{ name }}}} where a value stands: {string.Join(", ", NoticeFields.All)}. Default: {{{{ message }}}}."),
    ];

    /// <summary>Rules of a pipeline, or of a stage.</summary>
    public static readonly ObjectListShape Own = new("rule", new ObjectShape(Rule));

    public static readonly ObjectShape Notify = new(
    [
        new(Keys.Url, new TextShape(TextFormats.Url), "Where people reach the control plane; links in messages lead there. Default: the address on which it listens."),
        new(Keys.Channels, new MapShape("channel", TextFormats.StepName, Channel), "Where messages go."),
        new(Keys.Rules, new ObjectListShape("rule", new ObjectShape([.. Rule, new(Keys.Pipelines, new ListShape(TextFormats.StepName), "Only what is about one of them. Default: whatever it is about.")])), $"Who is told of what. Default: every channel of {string.Join(", ", NoticeEvents.Usual)}."),
        new(
            Keys.Webhook,
            new ObjectShape(
            [
                new(Keys.Url, new TextShape(TextFormats.Url), "Gets a POST with JSON for each alert that begins or ends, and for messages of stages.") { IsRequired = true },
                new(Keys.SecretEnv, new TextShape(TextFormats.Variable), "Environment variable of the control plane with the key by which requests are signed. Default: they are not."),
            ]),
            "A URL that is called with the data alone; a channel 'webhook' gets envelopes and can have rules."),
    ]);
}
