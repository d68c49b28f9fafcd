/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Every kind of run, with every fault at every call. */
#include "check.h"

static void run_case(const struct run_case *run_case, enum wrong wrong)
{
    struct answer answer;
    run_begin(run_case, wrong);
    answer_take(&answer, run_once(0, FAULT_NONE, CALL_OPEN));
    for (unsigned n = 1; n <= answer.calls; n++)
        for (int fault = FAULT_NONE + 1; fault < FAULTS; fault++)
            if (plan_applies((enum fault)fault, answer.call[n - 1]))
                check(run_once(n, (enum fault)fault, answer.call[n - 1]), &answer);
    answer_free(&answer);
}

/* Without a comparison there is no mismatch. */
static bool has_wrong(const struct run_case *run_case, enum wrong wrong)
{
    return wrong == WRONG_NOTHING || (run_case->alone == NULL && !run_case->is_unreported);
}

int main(void)
{
    run_begin(&cases[0], WRONG_NOTHING);
    run_check_search();
    for (size_t i = 0; i < cases_count; i++)
        for (int wrong = WRONG_NOTHING; wrong < WRONGS; wrong++)
            if (has_wrong(&cases[i], (enum wrong)wrong))
                run_case(&cases[i], (enum wrong)wrong);
    (void)printf("%lu runs\n", run_count());
    return EXIT_SUCCESS;
}
