using System.Globalization;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes channels and rules out of their checked maps, those of pipelines and stages among them, and reports what does not resolve.</summary>
internal sealed class NoticeBuilder(YamlMap root, References references, ProblemList problems)
{
    private const string DefaultNick = "fairlead";

    /// <summary>Null when nobody is to be told.</summary>
    public NotifyDefinition? Build()
    {
        var body = root.Map(Keys.Notify);
        var channels = body.Map(Keys.Channels).Entries.Select(BuildChannel).ToList();
        var names = channels.Select(channel => channel.Name).ToHashSet(StringComparer.Ordinal);
        var rules = new List<NoticeRule>();
        foreach (var pipeline in root.Map(Keys.Pipelines).Entries.Where(pipeline => pipeline.Value is YamlMap))
        {
            var (name, stages) = (pipeline.Key.Value, ((YamlMap)pipeline.Value).Map(Keys.Stages).Entries);
            foreach (var stage in stages.Where(stage => stage.Value is YamlMap))
                rules.AddRange(Rules((YamlMap)stage.Value, Keys.Notify, names, $"stage '{stage.Key.Value}' of pipeline '{name}'").Select(rule => rule with { Pipelines = [name], Stages = [stage.Key.Value] }));
        }

        foreach (var pipeline in root.Map(Keys.Pipelines).Entries.Where(pipeline => pipeline.Value is YamlMap))
            rules.AddRange(Rules((YamlMap)pipeline.Value, Keys.Notify, names, $"pipeline '{pipeline.Key.Value}'").Select(rule => rule with { Pipelines = [pipeline.Key.Value] }));
        rules.AddRange(Rules(body, Keys.Rules, names, $"'{Keys.Notify}'"));
        CheckMessages(names);
        RefuseInTemplates();
        if (body.Map(Keys.Webhook) is var webhook && webhook.Text(Keys.Url) is { } url)
            AddPlain(url, webhook, channels, rules);
        return channels.Count == 0 ? null : new NotifyDefinition { Url = body.Text(Keys.Url), Channels = channels, Rules = rules };
    }

    private static ChannelDefinition Nothing(string name) => new TeamsDefinition { Name = name, Url = "" };

    private static void AddPlain(string url, YamlMap webhook, List<ChannelDefinition> channels, List<NoticeRule> rules)
    {
        if (channels.Count > 0 && rules.Count == 0)
            rules.Add(new NoticeRule { On = NoticeEvents.Usual, To = [.. channels.Select(channel => channel.Name)] });
        channels.Add(new WebhookDefinition { Name = Keys.Webhook, Url = url, Secret = webhook.Text(Keys.SecretEnv) is { } variable ? $"env:{variable}" : null, IsPlain = true });

        // First, as no other rule names it.
        rules.Insert(0, new NoticeRule { On = [NoticeEvents.AlertFiring, NoticeEvents.AlertResolved, NoticeEvents.StageMessage, NoticeEvents.JudgmentWaiting, NoticeEvents.JudgmentEscalated], To = [Keys.Webhook] });
    }

    private ChannelDefinition BuildChannel(YamlEntry entry)
    {
        var (name, body) = (entry.Key.Value, (YamlMap)entry.Value);
        if (name == Keys.Webhook && root.Map(Keys.Notify).Find(Keys.Webhook) is not null)
            problems.Add(entry.Key.Place, $"channel '{name}' is named as the '{Keys.Webhook}' of '{Keys.Notify}' is; rename it, or remove the other");
        return body.Entries.FirstOrDefault() is not { Value: YamlMap settings } kind ? Nothing(name) : kind.Key.Value switch
        {
            Keys.Slack => new SlackDefinition { Name = name, Url = settings.Text(Keys.Url) ?? "", SigningSecret = settings.Text(Keys.SigningSecret) },
            Keys.Teams => new TeamsDefinition { Name = name, Url = settings.Text(Keys.Url) ?? "" },
            Keys.Webhook => new WebhookDefinition { Name = name, Url = settings.Text(Keys.Url) ?? "", Secret = settings.Text(Keys.Secret) },
            Keys.Smtp => BuildMail(name, settings),
            _ => BuildIrc(name, settings),
        };
    }

    private MailDefinition BuildMail(string name, YamlMap settings)
    {
        var security = settings.Text(Keys.Security) switch { "tls" => MailSecurity.Tls, "none" => MailSecurity.None, _ => MailSecurity.StartTls };
        CheckAccount(name, settings, security == MailSecurity.None);
        if (settings.Find(Keys.To) is { } to && settings.List(Keys.To).Items.Count == 0)
            problems.Add(to.Key.Place, $"'{Keys.To}' of channel '{name}' is empty; add an address");
        return new MailDefinition
        {
            Name = name,
            Host = settings.Text(Keys.Host) ?? "",
            Port = Port(settings) ?? security switch { MailSecurity.Tls => 465, MailSecurity.None => 25, _ => 587 },
            Security = security,
            From = settings.Text(Keys.From) ?? "",
            To = settings.List(Keys.To).Texts,
            User = settings.Text(Keys.User),
            Password = settings.Text(Keys.Password),
        };
    }

    private IrcDefinition BuildIrc(string name, YamlMap settings)
    {
        var isTls = settings.Text(Keys.Security) != "none";
        CheckAccount(name, settings, isClear: false);
        return new IrcDefinition
        {
            Name = name,
            Host = settings.Text(Keys.Host) ?? "",
            Port = Port(settings) ?? (isTls ? 6697 : 6667),
            IsTls = isTls,
            Nick = settings.Text(Keys.Nick) ?? DefaultNick,
            Channel = settings.Text(Keys.Channel) ?? "",
            Key = settings.Text(Keys.Key),
            User = settings.Text(Keys.User),
            Password = settings.Text(Keys.Password),
            UsesNickServ = settings.Text(Keys.Login) == "nickserv",
            HasRobot = settings.Scalar(Keys.Robot) is { } robot && CoreSchema.ToJson(robot).GetBoolean(),
        };
    }

    private static int? Port(YamlMap settings) => settings.Text(Keys.Port) is { } port ? int.Parse(port, CultureInfo.InvariantCulture) : null;

    private void CheckAccount(string channel, YamlMap settings, bool isClear)
    {
        var (user, password) = (settings.Find(Keys.User), settings.Find(Keys.Password));
        if ((user is null) != (password is null))
            problems.Add((user ?? password)!.Key.Place, $"channel '{channel}' has '{(user ?? password)!.Key.Value}' without '{(user is null ? Keys.User : Keys.Password)}'; add that");
        if (isClear && password is not null)
            problems.Add(password.Key.Place, $"channel '{channel}' would send its password in the clear; use '{Keys.Security}: starttls' or 'tls'");
    }

    private IEnumerable<NoticeRule> Rules(YamlMap body, string key, HashSet<string> channels, string owner)
    {
        var subject = key == Keys.Rules ? $"a rule of {owner}" : $"'{key}' of {owner}";
        foreach (var rule in body.List(key).Items.OfType<YamlMap>())
        {
            yield return new NoticeRule
            {
                On = rule.List(Keys.On).Texts,
                Pipelines = [.. Scalars(rule, Keys.Pipelines).Select(pipeline => references.Pipeline(pipeline, subject))],
                Environments = [.. Scalars(rule, Keys.Environments).Select(environment => references.Environment(environment, subject))],
                To = [.. Scalars(rule, Keys.To).Select(channel => Channel(channel, channels, subject))],
                Template = rule.Text(Keys.Template),
            };
        }
    }

    /// <summary>Stages of the kind 'notify' may name channels.</summary>
    private void CheckMessages(HashSet<string> channels)
    {
        var entries = root.Map(Keys.Pipelines).Entries.Concat(root.Map(Keys.Templates).Entries).Select(owner => owner.Value).OfType<YamlMap>().SelectMany(owner => owner.Map(Keys.Stages).Entries);
        foreach (var stage in entries.Where(stage => stage.Value is YamlMap map && map.Text(StageChecker.Kind) == Keys.Notify))
        {
            foreach (var channel in Scalars(((YamlMap)stage.Value).Map(StageChecker.Settings), Keys.To).Where(channel => !channel.Value.Contains(Domain.Pipelines.Schemas.SettingSchema.Placeholder, StringComparison.Ordinal)))
                Channel(channel, channels, $"stage '{stage.Key.Value}'");
        }
    }

    private void RefuseInTemplates()
    {
        foreach (var template in root.Map(Keys.Templates).Entries.Where(template => template.Value is YamlMap))
        {
            foreach (var stage in ((YamlMap)template.Value).Map(Keys.Stages).Entries.Where(stage => stage.Value is YamlMap))
            {
                if (((YamlMap)stage.Value).Find(Keys.Notify) is { } rules)
                    problems.Add(rules.Key.Place, $"stage '{stage.Key.Value}' of template '{template.Key.Value}' has '{Keys.Notify}'; write it in the pipelines that use the template");
            }
        }
    }

    private string Channel(YamlScalar channel, HashSet<string> known, string subject)
    {
        if (!known.Contains(channel.Value))
            problems.Add(channel.Place, $"{subject} refers to channel '{channel.Value}', which is not declared; {NearestName.Hint(channel.Value, known)}");
        return channel.Value;
    }

    private static IEnumerable<YamlScalar> Scalars(YamlMap map, string key) => map.List(key).Items.OfType<YamlScalar>();
}
