namespace Fairlead.Domain.Pipelines.Schemas;

/// <summary>Stages that wait, ask, call and tell.</summary>
internal static class FlowSchemas
{
    private static readonly StageSchema Judgment = new("judgment", "Waits until people judged. Every judgment is kept for ever, with who gave it, when and why.")
    {
        Main = "question",
        Settings =
        [
            new("question", SettingType.Text, "What is asked.") { IsRequired = true },
            new("environment", SettingType.Text, "The environment that it is about.") { Reference = SettingReference.Environment },
            new("judges", SettingType.Texts, "Who may judge: names of people, 'role:NAME' for everybody with that role there, 'group:NAME' for everybody in that group. Where the environment names judges as well, one must be meant by both.") { Default = "everybody with the role 'judge'" },
            new("votes", SettingType.Integer, "How many people must choose the same.") { Default = "1", Least = 1, Most = 100 },
            new("choices", SettingType.Texts, "What can be chosen beside 'reject'.") { Default = "[approve]" },
            new("comment", SettingType.Text, "Whether a judgment needs a comment.") { Choices = ["optional", "required"], Default = "optional" },
            new("own-release", SettingType.Text, "Whether those may judge who made the release, wrote its commits or began the execution.") { Choices = ["allow", "refuse"], Default = "allow, where the environment does not say 'self-judgment: false'" },
            new("deadline", SettingType.Duration, "When it must have been judged.") { Default = "none" },
            new("at-deadline", SettingType.Text, "What counts then: 'fail', or one of the choices.") { Default = "fail" },
            new("escalate-after", SettingType.Duration, "When further people are told.") { Default = "never" },
            new("escalate-to", SettingType.Texts, "Who is told then, and may judge from then on; as in 'judges'."),
        ],
        Outputs = [new("decision", "What was chosen."), new("judges", "Who chose it; nobody when the deadline did.")],
        Example = "judge: { judgment: \"Is it fit for our users?\", judges: [role:expert], votes: 2, deadline: 24h, after: replay }",
    };

    private static readonly StageSchema Wait = new("wait", "Waits for a while.")
    {
        Main = "for",
        Settings = [new("for", SettingType.Duration, "How long.") { IsRequired = true }],
        Example = "settle: { wait: 10m, after: stage }",
    };

    private static readonly StageSchema Webhook = new("webhook", "Calls a URL, and waits for the answer to come back where it is asked to. Calls carry an idempotency key, and a signature where there is a secret.")
    {
        Main = "url",
        Settings =
        [
            new("url", SettingType.Text, "Absolute, http or https.") { IsRequired = true },
            new("method", SettingType.Text, "How it is called.") { Choices = ["GET", "POST", "PUT", "PATCH", "DELETE"], Default = "POST" },
            new("headers", SettingType.Map, "Further headers."),
            new("body", SettingType.Any, "Sent as JSON.") { Default = "what the execution is" },
            new("secret-env", SettingType.Text, "Environment variable of the control plane that holds the key of the signature."),
            new("callback", SettingType.Boolean, "Wait until the receiver posts to the URL that it finds in the header 'fairlead-callback'.") { Default = "false" },
            new("callback-within", SettingType.Duration, "The stage fails when the receiver did not by then.") { Default = "24h" },
        ],
        Outputs = [new("status", "HTTP status of the answer."), new("answer", "Its body, when it is JSON."), new("callback", "What the receiver posted.")],
        Example = "tests: { webhook: \"https://ci.example.com/start\", callback: true, secret-env: CI_KEY }",
    };

    private static readonly StageSchema Script = new("script", "Runs a command in a sandbox. Inputs are in FAIRLEAD_INPUT_NAME; a JSON object that it writes to the file $FAIRLEAD_OUTPUT becomes the stage's output. It runs again when the control plane ended in the middle of it.")
    {
        Main = "run",
        Settings =
        [
            new("run", SettingType.Text, "A command for /bin/sh.") { IsRequired = true },
            new("code", SettingType.Texts, "Files and folders of the project that it can see."),
            new("env", SettingType.Map, "Environment variables."),
            new("network", SettingType.Boolean, "Whether it may reach the network.") { Default = "false" },
            new("clean-up", SettingType.Text, "A command that is run when the execution is cancelled in the middle of it, or rolled back."),
        ],
        Outputs = [new("exit", "Exit code, 0."), new("log", "The last lines that it printed."), new("NAME", "What it wrote to $FAIRLEAD_OUTPUT.")],
        Example = "smoke: { script: \"sh smoke.sh\", code: [smoke.sh], network: true, after: stage }",
    };

    private static readonly StageSchema Pipeline = new("pipeline", "Executes another pipeline and waits for its end. It is cancelled with this one.")
    {
        Main = "pipeline",
        Settings =
        [
            new("pipeline", SettingType.Text, "Which.") { IsRequired = true, Reference = SettingReference.Pipeline },
            new("inputs", SettingType.Map, "Its inputs."),
        ],
        Outputs = [new("execution", "Number of the execution."), new("status", "How it ended."), new("stages.STAGE.NAME", "What came of its stages.")],
        Example = "rollout: { pipeline: rollout, inputs: { environment: prod }, after: judge }",
    };

    private static readonly StageSchema Notify = new("notify", "Tells people something, by the project's 'notify'.")
    {
        Main = "message",
        Settings = [new("message", SettingType.Text, "What.") { IsRequired = true }, new("to", SettingType.Texts, "Channels that are told.") { Default = "those that the rules give it to" }],
        Example = "tell: { notify: \"${{ stages.release.release }} is live\", after: prod }",
    };

    public static readonly IReadOnlyList<StageSchema> All = [Judgment, Wait, Webhook, Script, Pipeline, Notify];
}
