namespace Fairlead.Pipelines.Stages;

public enum StageStepKind
{
    Run,

    Wait,

    Judge,

    Succeed,

    Fail,

    Skip,
}
