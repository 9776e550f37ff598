using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Pipelines.Tests.Transitions;

public sealed class ExecutionMachineTests
{
    [Fact]
    public void Diamond_EachStageFinishes_TheNextBeginsAndTheExecutionSucceeds()
    {
        var machine = new Machine(Sample.Plan(Sample.Script("d", "b", "c"), Sample.Script("b", "a"), Sample.Script("c", "a"), Sample.Script("a")));
        Assert.Equal<string>(["1/a/1/run"], machine.Running);
        machine.Finish("1/a/1/run");
        Assert.Equal<string>(["1/b/1/run", "1/c/1/run"], machine.Running.Order());
        machine.Finish("1/b/1/run");
        Assert.Equal(StageStatus.Waiting, machine["d"].Status);
        machine.Finish("1/c/1/run").Finish("1/d/1/run");
        Assert.Equal(ExecutionStatus.Succeeded, machine.State.Status);
    }

    [Fact]
    public void Failure_WithRetries_IsTriedAgainWithGrowingPauses()
    {
        var machine = new Machine(Sample.Plan(Sample.Script("a") with { Retries = 2, Backoff = TimeSpan.FromSeconds(10) }));
        machine.Fail("1/a/1/run");
        Assert.Equal((StageStatus.Retrying, Sample.Start.AddSeconds(10)), (machine["a"].Status, machine["a"].DueAt));
        machine.Wait(TimeSpan.FromSeconds(10)).Fail("1/a/2/run");
        Assert.Equal(Sample.Start.AddSeconds(30), machine["a"].DueAt);
        machine.Wait(TimeSpan.FromSeconds(20)).Fail("1/a/3/run");
        Assert.Equal(ExecutionStatus.Failed, machine.State.Status);
        Assert.Equal("Stage 'a' failed: It broke.", machine.State.Reason);
    }

    [Fact]
    public void Failure_ThatAnotherTryWouldNotMend_IsNotTriedAgain() =>
        Assert.Equal(StageStatus.Failed, new Machine(Sample.Plan(Sample.Script("a") with { Retries = 2 })).Fail("1/a/1/run", isRetryable: false)["a"].Status);

    [Fact]
    public void Stop_WhatRunsIsFinished_AndNothingFurtherBegins()
    {
        var machine = new Machine(Sample.Plan(Sample.Script("a"), Sample.Script("b"), Sample.Script("c", "a"), Sample.Stage("j", "wait", """{"for":"1h"}""")));
        machine.Fail("1/a/1/run");
        Assert.Equal(ExecutionStatus.Running, machine.State.Status);
        Assert.Equal((StageStatus.Skipped, StageStatus.Cancelled), (machine["c"].Status, machine["j"].Status));
        machine.Finish("1/b/1/run");
        Assert.Equal((ExecutionStatus.Failed, StageStatus.Succeeded), (machine.State.Status, machine["b"].Status));
    }

    [Fact]
    public void Continue_WhatComesAfterGoesOn()
    {
        var machine = new Machine(Sample.Plan(Sample.Script("a") with { OnFailure = StageFailurePolicy.Continue }, Sample.Script("b", "a")));
        machine.Fail("1/a/1/run").Finish("1/b/1/run");
        Assert.Equal((ExecutionStatus.Succeeded, StageStatus.Failed), (machine.State.Status, machine["a"].Status));
    }

    [Fact]
    public void Rollback_UndoesWhatWasChanged_LastChangeFirst()
    {
        var clean = """{"run":"true","clean-up":"undo"}""";
        var machine = new Machine(Sample.Plan(Sample.Stage("a", "script", clean), Sample.Stage("b", "script", clean, "a"), Sample.Script("c", "b") with { OnFailure = StageFailurePolicy.Rollback }));
        machine.Finish("1/a/1/run").Finish("1/b/1/run").Fail("1/c/1/run");
        Assert.Equal(ExecutionStatus.RollingBack, machine.State.Status);
        Assert.Equal<string>(["1/b/1/undo-1-clean-up"], machine.Running);
        machine.Fail("1/b/1/undo-1-clean-up");
        Assert.Empty(machine.Running);
        machine.Wait(TimeSpan.FromMinutes(1)).Finish("1/b/1/undo-2-clean-up").Finish("1/a/1/undo-1-clean-up");
        Assert.Equal((ExecutionStatus.Failed, UndoStatus.Done), (machine.State.Status, machine["a"].Undo!.Status));
    }

    [Fact]
    public void Cancel_CleansUpWhatWasInterrupted_AndNothingElse()
    {
        var clean = """{"run":"true","clean-up":"undo"}""";
        var machine = new Machine(Sample.Plan(Sample.Stage("a", "script", clean), Sample.Stage("b", "script", clean, "a"), Sample.Script("c", "b")));
        machine.Finish("1/a/1/run").Ask(ExecutionEventKind.CancelRequested);
        Assert.Equal<string>(["1/b/1/undo-1-clean-up"], machine.Running);
        machine.Finish("1/b/1/run").Finish("1/b/1/undo-1-clean-up");
        Assert.Equal((ExecutionStatus.Cancelled, "Cancelled by 'ann'."), (machine.State.Status, machine.State.Reason));
        Assert.Equal((StageStatus.Succeeded, StageStatus.Cancelled, StageStatus.Cancelled), (machine["a"].Status, machine["b"].Status, machine["c"].Status));
    }

    [Fact]
    public void Pause_NothingBegins_UntilItIsResumed()
    {
        var machine = new Machine(Sample.Plan(Sample.Script("a"), Sample.Script("b", "a")));
        machine.Ask(ExecutionEventKind.Paused).Finish("1/a/1/run");
        Assert.Equal((StageStatus.Running, StageStatus.Waiting), (machine["a"].Status, machine["b"].Status));
        machine.Ask(ExecutionEventKind.Resumed);
        Assert.Equal<string>(["1/b/1/run"], machine.Running);
    }

    [Fact]
    public void Restart_OfAStage_ResetsWhatComesAfter_AndUsesNoKeyTwice()
    {
        var machine = new Machine(Sample.Plan(Sample.Script("a"), Sample.Script("b", "a"), Sample.Script("c", "b")));
        machine.Finish("1/a/1/run").Finish("1/b/1/run").Finish("1/c/1/run").Ask(ExecutionEventKind.RestartRequested, "b");
        Assert.Equal(ExecutionStatus.Queued, machine.State.Status);
        machine.Ask(ExecutionEventKind.Admitted);
        Assert.Equal<string>(["1/b/2/run"], machine.Running);
        Assert.Equal(StageStatus.Succeeded, machine["a"].Status);
    }

    [Fact]
    public void Restart_AfterAFailure_GivesEverythingThatDidNotSucceedAnotherTry()
    {
        var machine = new Machine(Sample.Plan(Sample.Script("a"), Sample.Script("b"), Sample.Script("c", "a", "b")));
        machine.Fail("1/a/1/run").Fail("1/b/1/run").Ask(ExecutionEventKind.RestartRequested, "a").Ask(ExecutionEventKind.Admitted);
        machine.Finish("1/a/2/run").Finish("1/b/2/run").Finish("1/c/1/run");
        Assert.Equal(ExecutionStatus.Succeeded, machine.State.Status);
    }

    [Fact]
    public void Timeout_EndsTheAttempt_AndItsLateEndChangesNothing()
    {
        var machine = new Machine(Sample.Plan(Sample.Script("a") with { Timeout = TimeSpan.FromMinutes(1), Retries = 1 }));
        machine.Wait(TimeSpan.FromMinutes(1));
        Assert.Equal(StageStatus.Retrying, machine["a"].Status);
        var before = machine.State;
        Assert.Same(before, machine.Finish("1/a/1/run").State);
    }

    [Fact]
    public void When_DoesNotHold_StageIsSkippedAndTheNextGoesOn()
    {
        var machine = new Machine(Sample.Plan(Sample.Script("a") with { When = "inputs.fast" }, Sample.Script("b", "a")));
        machine.Finish("1/a/1/when", """{"holds":false}""");
        Assert.Equal((StageStatus.Skipped, StageStatus.Running), (machine["a"].Status, machine["b"].Status));
    }

    [Fact]
    public void Check_SeesWhatTheStageGave_AndFailsItWhenItDoesNotHold()
    {
        var machine = new Machine(Sample.Plan(Sample.Script("a") with { Check = "auc > 0.5" }));
        machine.Finish("1/a/1/run", """{"auc":0.4}""");
        Assert.Equal("0.4", machine["a"].Activity!.Input.GetProperty("data").GetProperty("auc").GetRawText());
        machine.Finish("1/a/1/check", """{"holds":false}""");
        Assert.Equal((StageStatus.Failed, "The check does not hold: auc > 0.5"), (machine["a"].Status, machine["a"].Error));
    }

    [Fact]
    public void Settings_OfWhatAnEarlierStageGave_AreFilledInWhenTheStageBegins()
    {
        var machine = new Machine(Sample.Plan(Sample.Script("a"), Sample.Stage("b", "notify", """{"message":"${{ stages.a.release }} by ${{execution.by}}"}""", "a")));
        machine.Finish("1/a/1/run", """{"release":"v007"}""");
        Assert.Equal("v007 by ann", machine["b"].Activity!.Input.GetProperty("message").GetString());
    }

    [Fact]
    public void Settings_OfWhatIsNotThere_FailTheStage()
    {
        var machine = new Machine(Sample.Plan(Sample.Stage("b", "notify", """{"message":"${{ stages.a.release }}"}""")));
        Assert.Equal("The settings cannot be filled in: '${{ stages.a.release }}' does not exist: there is no 'a'.", machine["b"].Error);
    }

    [Fact]
    public void ForceEnd_WhileCleaningUp_EndsAtOnce()
    {
        var machine = new Machine(Sample.Plan(Sample.Stage("a", "script", """{"run":"true","clean-up":"undo"}""")));
        machine.Ask(ExecutionEventKind.CancelRequested).Ask(ExecutionEventKind.ForceEnded);
        Assert.Equal((ExecutionStatus.Failed, "Its end was forced by 'ann'."), (machine.State.Status, machine.State.Reason));
        Assert.Empty(machine.Running);
    }

    [Fact]
    public void Requests_ThatDoNotApply_AreRefusedWithTheReason()
    {
        var machine = new Machine(Sample.Plan(Sample.Script("a")));
        machine.Finish("1/a/1/run");
        Assert.Equal("Execution 1 is succeeded; there is nothing to cancel.", machine.Refuse(new ExecutionEvent(ExecutionEventKind.CancelRequested, machine.Now)));
        Assert.Equal("Execution 1 has no stage 'b'; known: a", machine.Refuse(new ExecutionEvent(ExecutionEventKind.RestartRequested, machine.Now) { Stage = "b" }));
    }
}
